package p101.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child process measured from outside: wall time by this clock; processor time and peak memory from {@code /proc} where
 * there is one (elsewhere they are 0).
 *
 * @param wallSeconds from the start of the process to its end
 * @param peakRssMiB the largest resident size seen, looked up every 40 ms
 * @param exitCode what it ended with
 */
record Measured(double wallSeconds, double peakRssMiB, int exitCode) {
    /** {@code USER_HZ}, which Linux fixes at 100 for everything it shows in {@code /proc}. */
    private static final double TICKS_PER_SECOND = 100;

    /** Seldom enough that looking takes no processor time from what is measured; the peak is one that only grows. */
    private static final long POLL_MILLIS = 40;

    /**
     * Runs a command to its end.
     *
     * @throws IOException when it cannot be started, or has not ended after {@code timeoutSeconds}
     */
    static Measured run(Path folder, int timeoutSeconds, List<String> command)
            throws IOException, InterruptedException {
        File log = folder.resolve("command.log").toFile();
        long startNanos = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        double peak = 0;
        long deadlineNanos = startNanos + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakRssMiB(process.pid()));
            if (System.nanoTime() - deadlineNanos > 0) {
                process.destroyForcibly();
                throw new IOException("not done after " + timeoutSeconds + " s: " + String.join(" ", command));
            }
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException("exit " + process.exitValue() + ": " + String.join(" ", command) + "\n"
                    + Files.readString(log.toPath()));
        }
        return new Measured(seconds, peak, process.exitValue());
    }

    /**
     * The peak resident size of a process so far, MiB. Its children do not count: looking for them means to read of every process
     * there is, and the launcher becomes the program that it starts.
     */
    static double peakRssMiB(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException gone) {
            // It ended between two looks; what was seen before stands.
        }
        return 0;
    }

    /** User and system seconds that a live process has used so far. */
    static double cpuSeconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException none) {
            return 0;
        }
    }
}
