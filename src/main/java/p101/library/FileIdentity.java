package p101.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What tells, without reading it, whether a file is still the same: a change of content changes the time of modification, a
 * file that was put in its place has another key.
 *
 * @param size bytes
 * @param modifiedNanos time of modification in nanoseconds since 1970, as precise as the file system keeps it
 * @param key device and inode as the platform has them, comparable with {@code equals}; empty text where there is none (Windows)
 */
record FileIdentity(long size, long modifiedNanos, Object key) {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long COARSE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long FINE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The attributes of a file; a link is not followed. */
    static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    static FileIdentity of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new FileIdentity(
                attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), key == null ? "" : key);
    }

    /**
     * Fails unless the file at this path is still this one.
     *
     * @throws FileChangedException when it is gone or another
     */
    void confirm(Path file) throws IOException {
        try {
            confirm(attributes(file));
        } catch (NoSuchFileException e) {
            throw new FileChangedException("the file was deleted", e);
        }
    }

    void confirm(BasicFileAttributes now) throws FileChangedException {
        if (!now.isRegularFile() || !of(now).equals(this)) {
            throw new FileChangedException("the file changed");
        }
    }

    /** The key as the platform prints it: what is kept on the disk. */
    String keyText() {
        return key.toString();
    }

    long modifiedMillis() {
        return Math.floorDiv(modifiedNanos, TimeUnit.MILLISECONDS.toNanos(1));
    }

    /**
     * Whether any change after {@code unixMillis} is sure to give another time of modification. A file system that keeps
     * whole seconds, or every second one, would give a change right after the last one the same time; so what was read so
     * early may not be believed for ever.
     */
    boolean isSettled(long unixMillis) {
        long window = modifiedNanos % NANOS_PER_SECOND == 0 ? COARSE_NANOS : FINE_NANOS;
        return TimeUnit.MILLISECONDS.toNanos(unixMillis) - modifiedNanos > window;
    }
}
