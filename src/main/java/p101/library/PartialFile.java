package p101.library;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.LongConsumer;
import p101.model.Content;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.Shown;

/**
 * A file in download. It lies under a hidden name in the folder of its target until it is whole, and serves the pieces that
 * were verified. A killed process loses no verified piece, and what was not verified is never taken for it: the journal at the
 * end of the file ({@link PartialJournal}) is written after the content.
 *
 * <p>Safe from any thread. A thread that is interrupted while it reads or writes closes the file for all: do not interrupt.
 */
public final class PartialFile implements ServedFile, Closeable {
    /**
     * What is downloaded, and where it goes.
     *
     * @param path the file that the download becomes; its folder exists
     * @param label the name it is registered under while it is partial
     * @param content size and root
     * @param manifest full name and piece hashes; for a file of one piece {@code new Manifest(name,
     *     PieceHashes.ofSinglePiece(content))} will do
     * @param modifiedMillis what the source said
     */
    public record Target(Path path, FileName label, Content content, Manifest manifest, long modifiedMillis) {
        /**
         * @throws IllegalArgumentException when the manifest is not that of the content
         */
        public Target {
            if (!manifest.pieces().isOf(content)) {
                throw new IllegalArgumentException("the manifest is of another content");
            }
        }
    }

    private final Target target;
    private final Geometry geometry;
    private final PartialStore store;
    private final PartialJournal journal;
    private final ChangeNote note;
    private final PieceSet pieces;
    private int readers;
    private boolean finished;
    private boolean closed;

    private PartialFile(Target target, PartialStore store, PartialJournal journal, PieceSet pieces) {
        this.target = target;
        this.geometry = new Geometry(target.content().size());
        this.store = store;
        this.journal = journal;
        this.note = new ChangeNote(store, journal.notedOffset());
        this.pieces = pieces;
    }

    /**
     * Begins a download, or goes on with an interrupted one: {@link #pieces()} then tells what is there already. When an
     * earlier run's word cannot be trusted (the machine was restarted since, or somebody else wrote to the file), what it
     * claimed is hashed again first.
     *
     * @param recheckedBytes told how many bytes were hashed again so far; from any thread
     * @throws PartialFileBusyException when another download is writing the same partial file
     * @throws NotEnoughSpaceException when the missing pieces do not fit on the disk
     * @throws IOException when the folder cannot be written
     */
    public static PartialFile open(Target target, LongConsumer recheckedBytes) throws IOException {
        return open(target, BootId.current(), recheckedBytes);
    }

    /**
     * Whether an interrupted download of such a content to this path lies there, or may do so.
     *
     * @param content {@link ContentId#NONE} = unknown, and then the answer is yes
     */
    public static boolean isBegun(Path path, ContentId content) {
        try {
            return content.isNone() || Files.exists(PartialStore.pathFor(path, content), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return true;
        }
    }

    static PartialFile open(Target target, String bootId, LongConsumer recheckedBytes) throws IOException {
        Path folder = target.path().toAbsolutePath().getParent().toRealPath();
        Path path = folder.resolve(target.path().getFileName());
        Target real = new Target(path, target.label(), target.content(), target.manifest(), target.modifiedMillis());
        PartialStore store = PartialStore.open(path, target.content());
        try {
            PartialJournal journal = new PartialJournal(target.content(), bootId, store.fileKey());
            PieceSet pieces = resume(real, store, journal, recheckedBytes);
            return new PartialFile(real, store, journal, pieces);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static PieceSet resume(
            Target target, PartialStore store, PartialJournal journal, LongConsumer recheckedBytes) throws IOException {
        long size = target.content().size();
        Geometry geometry = new Geometry(size);
        long length = store.channel().size();
        PartialJournal.Claim claim = claimOf(store, journal, geometry, length);
        PieceSet pieces = PieceSet.empty(geometry.pieceCount());
        BitSet doubtful = claim.pieces();
        if (claim.trust() == PartialJournal.Trust.FULL) {
            claim.pieces().stream().forEach(pieces::add);
        } else {
            if (claim.trust() == PartialJournal.Trust.NONE) {
                doubtful.set(0, wholePieces(geometry, length));
            }
            pieces = Recheck.run(store.channel(), geometry, target.manifest().pieces(), doubtful, recheckedBytes);
        }
        try {
            checkSpace(target, geometry, pieces);
        } catch (NotEnoughSpaceException e) {
            deleteIfUseless(store, pieces);
            throw e;
        }
        if (claim.trust() != PartialJournal.Trust.FULL) {
            store.write(journal.encode(pieces), size);
            store.channel().truncate(size + PartialJournal.length(geometry));
        }
        return pieces;
    }

    private static PartialJournal.Claim claimOf(
            PartialStore store, PartialJournal journal, Geometry geometry, long length) throws IOException {
        ByteBuffer trailer = ByteBuffer.allocate((int) PartialJournal.length(geometry));
        store.readFully(trailer, geometry.size());
        PartialJournal.Claim claim = journal.judge(trailer.flip());
        if (claim.trust() != PartialJournal.Trust.FULL) {
            return claim;
        }
        boolean untouched = length == geometry.size() + PartialJournal.length(geometry)
                && ChangeNote.explains(PartialJournal.notedNanos(trailer), store.changeTimes());
        return untouched ? claim : new PartialJournal.Claim(PartialJournal.Trust.HINT, claim.pieces());
    }

    /** Pieces that lie below the end of a file of this length. */
    private static int wholePieces(Geometry geometry, long length) {
        return length >= geometry.size() ? geometry.pieceCount() : (int) (length / geometry.pieceBytes());
    }

    private static void checkSpace(Target target, Geometry geometry, PieceSet pieces) throws IOException {
        long missing = PartialJournal.length(geometry);
        for (int i = pieces.nextMissing(0); i < pieces.pieceCount(); i = pieces.nextMissing(i + 1)) {
            missing += geometry.pieceLength(i);
        }
        Path folder = target.path().getParent();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (missing > free) {
            throw new NotEnoughSpaceException("no room for "
                    + Shown.text(target.path().getFileName().toString()) + " in " + Shown.text(folder.toString())
                    + ": it needs " + ByteCount.show(missing) + ", " + ByteCount.show(free)
                    + " are free; make room for "
                    + ByteCount.show(missing - free) + " more or choose another folder");
        }
    }

    private static void deleteIfUseless(PartialStore store, PieceSet pieces) throws IOException {
        if (pieces.count() == 0) {
            store.delete();
        }
    }

    /**
     * Writes all remaining bytes at a position. Any thread; but only one at a time for each piece.
     *
     * @throws IndexOutOfBoundsException when the range leaves the file
     * @throws IllegalStateException when it would touch a verified piece
     * @throws IOException when the disk is full or fails; what was verified stays
     */
    public void write(ByteBuffer bytes, long position) throws IOException {
        int length = bytes.remaining();
        if (position < 0 || position > geometry.size() - length) {
            throw new IndexOutOfBoundsException(length + " bytes at " + position + " of " + geometry.size());
        }
        if (length > 0) {
            int last = geometry.pieceAt(position + length - 1);
            if (pieces.nextHeld(geometry.pieceAt(position)) <= last) {
                throw new IllegalStateException("a verified piece is not written again");
            }
            note.beforeWrite();
            store.write(bytes, position);
        }
    }

    /**
     * Says that neighbouring pieces were verified and written whole; from now on they are served and survive a crash. Any thread.
     *
     * @throws IndexOutOfBoundsException when there are no such pieces
     */
    public void markVerified(int firstPiece, int count) throws IOException {
        if (firstPiece < 0 || count < 1 || firstPiece > pieces.pieceCount() - count) {
            throw new IndexOutOfBoundsException(count + " pieces from " + firstPiece + " of " + pieces.pieceCount());
        }
        if (pieces.isComplete()) {
            // The journal may be cut off already.
            return;
        }
        ByteBuffer marks = ByteBuffer.allocate(count);
        for (int i = 0; i < count; i++) {
            marks.put(i, PartialJournal.VERIFIED);
        }
        note.beforeWrite();
        store.write(marks, journal.pieceOffset(firstPiece));
        for (int i = 0; i < count; i++) {
            pieces.add(firstPiece + i);
        }
    }

    /** As {@link #markVerified(int, int)}, for one piece. */
    public void markVerified(int piece) throws IOException {
        markVerified(piece, 1);
    }

    /** Reads a piece back, verified or not, and compares its hash. Any thread; makes its own buffer. */
    public boolean isIntact(int piece) throws IOException {
        return PieceReading.hash(
                        store.channel(), geometry, piece, new PieceHasher(), PieceReading.newBuffer(), bytes -> {})
                .equals(target.manifest().pieces().get(piece));
    }

    /**
     * Moves the whole file to its name, in one step, and gives that name. The partial file is then gone; the pieces can be
     * read from this object until {@link #close()}, and by readers that are open then until they close. When it fails, the
     * download is still there and whole.
     *
     * @throws IllegalStateException when a piece is missing
     * @throws java.nio.file.FileAlreadyExistsException when the name is taken and the policy does not allow more
     */
    public synchronized Path finish(ExistingFilePolicy policy) throws IOException {
        if (!pieces.isComplete() || finished || closed) {
            throw new IllegalStateException(
                    finished || closed ? "the download has ended" : "the download has " + pieces + " only");
        }
        long size = geometry.size();
        Path path;
        try {
            store.channel().truncate(size);
            store.channel().force(true);
            path = FinalName.take(store.path(), target.path(), policy);
        } catch (IOException | RuntimeException e) {
            store.write(journal.encode(pieces), size);
            throw e;
        }
        finished = true;
        store.releaseName();
        return path;
    }

    /** Deletes what was downloaded, and closes. */
    public synchronized void abandon() throws IOException {
        if (!finished && !closed) {
            store.delete();
        }
        end();
    }

    /** Ends the download for now; another {@link #open} goes on with it. */
    @Override
    public synchronized void close() throws IOException {
        if (!finished && !closed) {
            noteLastChange();
        }
        end();
    }

    private void noteLastChange() {
        try {
            note.write();
        } catch (IOException e) {
            // Then the next run hashes again what it cannot trust.
        }
    }

    private void end() throws IOException {
        closed = true;
        if (!finished || readers == 0) {
            store.close();
        }
    }

    /** Where the download goes; {@link #finish} may give it another name beside that. */
    public Path path() {
        return target.path();
    }

    @Override
    public FileName label() {
        return target.label();
    }

    @Override
    public FileName fullName() {
        return target.manifest().name();
    }

    @Override
    public Content content() {
        return target.content();
    }

    @Override
    public long modifiedMillis() {
        return target.modifiedMillis();
    }

    @Override
    public PieceSet pieces() {
        return pieces;
    }

    @Override
    public Manifest manifest() {
        return target.manifest();
    }

    @Override
    public synchronized Reader open() throws IOException {
        if (closed) {
            throw new FileChangedException("the download has ended");
        }
        readers++;
        return new PieceReader();
    }

    private synchronized void releaseReader() throws IOException {
        readers--;
        if (closed && readers == 0) {
            store.close();
        }
    }

    /** Reads verified pieces only. All share the one channel, since closing another would end the lock. */
    private final class PieceReader implements Reader {
        private boolean open = true;

        @Override
        public int read(ByteBuffer dst, long position) throws IOException {
            if (position >= geometry.size()) {
                return -1;
            }
            int piece = geometry.pieceAt(position);
            int missing = pieces.nextMissing(piece);
            if (missing == piece) {
                throw new IOException("piece " + piece + " is not held");
            }
            long end = missing == pieces.pieceCount() ? geometry.size() : geometry.pieceOffset(missing);
            int limit = dst.limit();
            dst.limit((int) Math.min(limit, dst.position() + (end - position)));
            try {
                return readVerified(dst, position);
            } finally {
                dst.limit(limit);
            }
        }

        private int readVerified(ByteBuffer dst, long position) throws IOException {
            try {
                return store.channel().read(dst, position);
            } catch (ClosedChannelException e) {
                throw new FileChangedException("the download has ended", e);
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (PartialFile.this) {
                if (open) {
                    open = false;
                    releaseReader();
                }
            }
        }
    }
}
