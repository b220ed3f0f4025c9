package p101.app;

import java.util.concurrent.TimeUnit;

/** Times as options give them: {@code 90}, {@code 90s}, {@code 15m}, {@code 2h}, {@code 1d}. */
final class Durations {
    private static final long MAX_DAYS = 3650;

    private Durations() {}

    /** Nanoseconds; -1 when the text is no such time. */
    static long parseNanos(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        TimeUnit unit = switch (text.charAt(text.length() - 1)) {
            case 'm' -> TimeUnit.MINUTES;
            case 'h' -> TimeUnit.HOURS;
            case 'd' -> TimeUnit.DAYS;
            default -> TimeUnit.SECONDS;
        };
        String digits = Character.isDigit(text.charAt(text.length() - 1)) ? text : text.substring(0, text.length() - 1);
        boolean known = digits.length() == text.length() || "smhd".indexOf(text.charAt(text.length() - 1)) >= 0;
        try {
            long count = Long.parseLong(digits);
            return known && count >= 0 && unit.toDays(count) <= MAX_DAYS ? unit.toNanos(count) : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
