package p101.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.ExecutorService;
import p101.direct.DirectReason;
import p101.direct.FileOffer;
import p101.direct.HeldContent;
import p101.direct.IncomingFile;
import p101.library.ExistingFilePolicy;
import p101.library.ExistingTarget;
import p101.library.Geometry;
import p101.library.InvalidManifestException;
import p101.library.Library;
import p101.library.Manifest;
import p101.library.NotEnoughSpaceException;
import p101.library.PartialFile;
import p101.library.PartialFileBusyException;
import p101.loop.EventLoop;

/**
 * A file on its way in, written by a thread of its own: under a hidden name until it is whole, each piece verified, what was verified
 * kept for another attempt, never in the place of an existing file. The disk's fields belong to the disk's thread, {@link #queued}
 * to both.
 */
final class ReceivedFile implements IncomingFile {
    /** Bytes that wait for the disk at most. */
    private static final int QUEUE_BYTES = 16 * 1024 * 1024;

    /** Learns how it goes. Loop thread. */
    interface Listener {
        void onProgress(long doneBytes, long totalBytes);

        /**
         * @param pathOrNull where the file is; null = it did not come
         */
        void onEnd(Path pathOrNull, boolean wasHere, DirectReason reasonOrNull);
    }

    private final EventLoop loop;
    private final ExecutorService disk;
    private final Path folder;
    private final FileOffer offer;
    private final Listener listener;
    private final Geometry geometry;
    private final Object lock = new Object();
    private int queued;
    private boolean wantsRoom;

    private Events events;
    private PartialFile partial;
    private long[] missing;
    private boolean failed;
    private volatile Path path;
    private volatile boolean wasHere;

    ReceivedFile(EventLoop loop, ExecutorService disk, Path folder, FileOffer offer, Listener listener) {
        this.loop = loop;
        this.disk = disk;
        this.folder = folder;
        this.offer = offer;
        this.listener = listener;
        this.geometry = new Geometry(offer.content().size());
    }

    private void tell(Runnable event) {
        loop.execute(event);
    }

    private void fail(DirectReason reason) {
        failed = true;
        Events told = events;
        tell(() -> told.onFailed(reason));
    }

    private void onDisk(DiskTask task) {
        disk.execute(() -> {
            if (failed) {
                return;
            }
            try {
                task.run();
            } catch (PartialFileBusyException busy) {
                fail(DirectReason.IN_USE);
            } catch (NotEnoughSpaceException full) {
                fail(DirectReason.NO_SPACE);
            } catch (InvalidManifestException wrong) {
                fail(DirectReason.MISMATCH);
            } catch (IOException | RuntimeException broken) {
                fail(DirectReason.DISK);
            }
        });
    }

    private interface DiskTask {
        void run() throws IOException, InvalidManifestException;
    }

    @Override
    public void begin(ByteBuffer manifest, Events toTell) {
        onDisk(() -> {
            events = toTell;
            open(Manifest.decode(manifest, offer.content()));
        });
    }

    private void open(Manifest manifest) throws IOException, InvalidManifestException {
        if (!manifest.name().equals(offer.name())) {
            throw new InvalidManifestException("a manifest with another name than the offer");
        }
        Path target = folder.resolve(offer.name().value());
        if (isHere(target)) {
            path = target;
            wasHere = true;
            tell(() -> events.onStored(true));
            return;
        }
        partial = PartialFile.open(
                new PartialFile.Target(
                        target, Library.labelOf(offer.name()), offer.content(), manifest, offer.modifiedMillis()),
                bytes -> {});
        BitSet held = new BitSet(geometry.pieceCount());
        missing = new long[geometry.pieceCount()];
        for (int piece = 0; piece < missing.length; piece++) {
            missing[piece] = geometry.pieceLength(piece);
            held.set(piece, partial.pieces().has(piece));
        }
        HeldContent snapshot = held.isEmpty() ? HeldContent.NONE : new HeldPieces(geometry, held);
        tell(() -> events.onReady(snapshot));
    }

    private boolean isHere(Path target) throws IOException {
        try {
            return ExistingTarget.check(target, offer.content(), ExistingFilePolicy.SKIP_IDENTICAL, bytes -> {})
                    == ExistingTarget.IDENTICAL;
        } catch (FileAlreadyExistsException another) {
            return false; // This one will get a name beside it.
        }
    }

    @Override
    public int room() {
        synchronized (lock) {
            wantsRoom |= queued > QUEUE_BYTES / 2;
            return QUEUE_BYTES - queued;
        }
    }

    @Override
    public void write(long offset, ByteBuffer content) {
        int length = content.remaining();
        ByteBuffer copy = ByteBuffer.allocate(length).put(content).flip();
        synchronized (lock) {
            queued += length;
        }
        disk.execute(() -> {
            try {
                onDiskNow(offset, copy);
            } finally {
                release(length);
            }
        });
    }

    private void onDiskNow(long offset, ByteBuffer content) {
        if (failed || partial == null) {
            return;
        }
        try {
            put(offset, content);
        } catch (IOException | RuntimeException broken) {
            fail(DirectReason.DISK);
        }
    }

    private void release(int length) {
        boolean tellRoom;
        synchronized (lock) {
            queued -= length;
            tellRoom = wantsRoom && queued < QUEUE_BYTES / 4;
            wantsRoom &= !tellRoom;
        }
        if (tellRoom) {
            tell(() -> events.onRoom());
        }
    }

    /** A chunk may lie across pieces, some of which are held already. */
    private void put(long offset, ByteBuffer content) throws IOException {
        long at = offset;
        int limit = content.limit();
        while (at < offset + limit) {
            int piece = geometry.pieceAt(at);
            int count =
                    (int) Math.min(offset + limit - at, geometry.pieceOffset(piece) + geometry.pieceLength(piece) - at);
            content.limit((int) (at - offset) + count).position((int) (at - offset));
            if (!partial.pieces().has(piece)) {
                partial.write(content, at);
                missing[piece] -= count;
                if (missing[piece] == 0) {
                    verify(piece);
                }
            }
            at += count;
        }
    }

    private void verify(int piece) throws IOException {
        if (partial.isIntact(piece)) {
            partial.markVerified(piece);
        } else {
            fail(DirectReason.MISMATCH);
        }
    }

    @Override
    public void finish() {
        onDisk(() -> {
            path = partial.finish(ExistingFilePolicy.RENAME);
            partial.close();
            partial = null;
            tell(() -> events.onStored(false));
        });
    }

    @Override
    public void close() {
        disk.execute(() -> {
            failed = true;
            if (partial != null) {
                try {
                    partial.close();
                } catch (IOException unwritten) {
                    // What was verified is on the disk already.
                }
                partial = null;
            }
        });
    }

    @Override
    public void onProgress(long doneBytes, long totalBytes) {
        listener.onProgress(doneBytes, totalBytes);
    }

    @Override
    public void onEnd(DirectReason reasonOrNull, boolean confirmed) {
        listener.onEnd(reasonOrNull == null ? path : null, wasHere, reasonOrNull);
    }
}
