package p101.library;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import p101.model.Content;
import p101.model.ContentId;
import p101.model.Labels;
import p101.model.Shown;

/**
 * The hidden file that a download is written to: {@code .NAME.CONTENTID.p101part} in the folder of the target, locked against
 * every other process for as long as it is open.
 */
final class PartialStore implements Closeable {
    static final String SUFFIX = ".p101part";
    private static final int MAX_STEM_BYTES = 200;
    private static final int MAX_ATTEMPTS = 100;

    /**
     * What this process has open. A second attempt must not even open the file: closing any channel to it would end the lock
     * that the first holds against other processes (so POSIX wants it).
     */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private final String fileKey;
    private final AtomicBoolean listed = new AtomicBoolean(true);

    private PartialStore(Path path, FileChannel channel, String fileKey) {
        this.path = path;
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /** The file that a download of this content to this target uses. */
    static Path pathFor(Path target, ContentId content) throws IOException {
        String name = target.getFileName().toString();
        try {
            return target.resolveSibling("." + Labels.cut(name, MAX_STEM_BYTES) + "." + content + SUFFIX);
        } catch (InvalidPathException e) {
            throw new IOException("this system cannot write the name " + Shown.text(name), e);
        }
    }

    /**
     * Opens or makes the file, and locks it.
     *
     * @throws PartialFileBusyException when another download has it
     */
    static PartialStore open(Path target, Content content) throws IOException {
        Path path = pathFor(target, content.id());
        if (!OPEN.add(path)) {
            throw new PartialFileBusyException(target);
        }
        try {
            return openLocked(path, target);
        } catch (IOException | RuntimeException e) {
            OPEN.remove(path);
            throw e;
        }
    }

    private static PartialStore openLocked(Path path, Path target) throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            BasicFileAttributes before = FinalName.lookAt(path);
            if (before == null) {
                create(path);
                continue;
            }
            if (!before.isRegularFile()) {
                throw new IOException(Shown.text(path.toString()) + " is no ordinary file; remove it");
            }
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            try {
                lock(channel, target);
                String key = FileIdentity.of(before).keyText();
                if (isStillAt(path, key)) {
                    return new PartialStore(path, channel, key);
                }
                channel.close();
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
        throw new PartialFileBusyException(target);
    }

    private static void create(Path path) throws IOException {
        try {
            FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)
                    .close();
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // Another process was faster: the next attempt finds its file, and its lock.
        }
    }

    private static void lock(FileChannel channel, Path target) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new PartialFileBusyException(target);
            }
        } catch (OverlappingFileLockException e) {
            throw new PartialFileBusyException(target);
        }
    }

    /**
     * Whether what was locked is still the partial file and nothing else. Between opening and locking, the process that had
     * it may have finished: then this is the finished file, and must not be written to.
     */
    private static boolean isStillAt(Path path, String key) throws IOException {
        BasicFileAttributes now = FinalName.lookAt(path);
        if (now == null || !FileIdentity.of(now).keyText().equals(key)) {
            return false;
        }
        if (FinalName.hasOtherNames(path)) {
            // A process was killed between giving the finished file its name and taking this one away.
            Files.delete(path);
            return false;
        }
        return true;
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /** Device and inode; empty where there is none. */
    String fileKey() {
        return fileKey;
    }

    /** Writes all remaining bytes. */
    void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        try {
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot write " + Shown.text(path.toString()) + ": " + e.getMessage()
                            + "; what was verified is kept, start again when there is room",
                    e);
        }
    }

    /** Reads until the buffer is full or the file ends. */
    void readFully(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, at);
            if (count <= 0) {
                return;
            }
            at += count;
        }
    }

    /** When the file's bytes, and when anything of it, were changed last. */
    ChangeTimes changeTimes() throws IOException {
        return ChangeTimes.of(path);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /** The file has left its hidden name: another download may use that. */
    void releaseName() {
        if (listed.getAndSet(false)) {
            OPEN.remove(path);
        }
    }

    /** Lets go of the file and its lock. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            releaseName();
        }
    }
}
