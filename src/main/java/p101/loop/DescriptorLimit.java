package p101.loop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many file descriptors this process may open. Read from {@code /proc}, because the management beans cost a one-shot
 * command more than its whole work.
 */
final class DescriptorLimit {
    /** What is assumed where the system does not say: the usual soft limit. */
    static final long ASSUMED = 1_024;

    /** No process needs more, and "unlimited" must become a number. */
    static final long MOST = 1_000_000;

    private static final String LINE = "Max open files";

    private DescriptorLimit() {}

    static long read() {
        try (InputStream in = Files.newInputStream(Path.of("/proc/self/limits"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException notLinux) {
            return ASSUMED;
        }
    }

    /** The soft limit in the text of {@code /proc/self/limits}. */
    static long parse(String limits) {
        int at = limits.indexOf(LINE);
        if (at < 0) {
            return ASSUMED;
        }
        at += LINE.length();
        while (at < limits.length() && limits.charAt(at) == ' ') {
            at++;
        }
        if (limits.startsWith("unlimited", at)) {
            return MOST;
        }
        long value = 0;
        int digits = 0;
        while (at < limits.length() && Character.isDigit(limits.charAt(at)) && value < MOST) {
            value = value * 10 + (limits.charAt(at) - '0');
            at++;
            digits++;
        }
        return digits == 0 ? ASSUMED : Math.min(value, MOST);
    }
}
