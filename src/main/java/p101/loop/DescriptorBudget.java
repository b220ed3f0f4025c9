package p101.loop;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the file descriptors of a process are shared out: what it has open itself comes first, then a reserve for files, folders
 * that are walked, and connections of its own; connections that others make get the rest, and never more than 80% of all.
 * From a limit of about 800 on the reserve is within the fifth that is left.
 *
 * @param connections that others may have open, on all ports together
 * @param files that may be kept open to serve them: half of what is kept back
 */
public record DescriptorBudget(int connections, int files) {
    private static final int CONNECTION_PERCENT = 80;

    /** As many as 64 open files, and as many again for everything else. */
    private static final long RESERVE = 128;

    /** What a JVM has open, where the system does not tell: its image, its archives, a selector. */
    private static final long ASSUMED_IN_USE = 32;

    /** That of this process, from what it had open when this was first asked. Any thread. */
    public static DescriptorBudget ofThisProcess() {
        return Holder.BUDGET;
    }

    /**
     * @param limit descriptors that the process may have open
     * @param inUse those that it has open now
     */
    static DescriptorBudget of(long limit, long inUse) {
        long free = Math.max(0, limit - inUse);
        long reserve = Math.min(RESERVE, free / 2);
        long connections = Math.min(limit * CONNECTION_PERCENT / 100, free - reserve);
        long files = Math.min(Integer.MAX_VALUE, (free - connections) / 2);
        return new DescriptorBudget((int) Math.max(1, connections), (int) Math.max(1, files));
    }

    private static long countInUse() {
        long count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : all) {
                count++;
            }
            return count;
        } catch (IOException | DirectoryIteratorException notLinux) {
            return ASSUMED_IN_USE;
        }
    }

    /** Read once: later, what others have open would count too. */
    private static final class Holder {
        static final DescriptorBudget BUDGET = of(DescriptorLimit.read(), countInUse());
    }
}
