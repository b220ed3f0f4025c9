package p101.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * When a file was changed last, by the clock of its file system. Whoever sets {@code modifiedNanos} back moves
 * {@code changedNanos} to the present.
 *
 * @param modifiedNanos its bytes: nanoseconds since 1970
 * @param changedNanos anything of it, its times too; {@code modifiedNanos} where the platform does not tell
 */
record ChangeTimes(long modifiedNanos, long changedNanos) {
    /** The times of a file; a link is not followed. */
    static ChangeTimes of(Path file) throws IOException {
        try {
            Map<String, Object> both =
                    Files.readAttributes(file, "unix:lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
            return new ChangeTimes(nanos(both.get("lastModifiedTime")), nanos(both.get("ctime")));
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            long modified = nanos(FileIdentity.attributes(file).lastModifiedTime());
            return new ChangeTimes(modified, modified);
        }
    }

    private static long nanos(Object time) {
        return ((FileTime) time).to(TimeUnit.NANOSECONDS);
    }
}
