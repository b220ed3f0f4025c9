package p101.p2pci;

import java.util.Optional;
import p101.model.FileName;

/**
 * The number of an RFC, and so the name of its file: {@code rfc123.txt}.
 *
 * @param value 0 to {@link #MAX}
 */
public record RfcNumber(long value) implements Comparable<RfcNumber> {
    /** Most digits, leading zeros not counted. */
    static final int MAX_DIGITS = 18;

    /** The greatest number. */
    public static final long MAX = 999_999_999_999_999_999L;

    /** How the name of every such file begins. */
    static final String PREFIX = "rfc";

    private static final String SUFFIX = ".txt";

    /**
     * @throws IllegalArgumentException when it is out of range
     */
    public RfcNumber {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("an RFC has a number from 0 to " + MAX);
        }
    }

    /** Digits alone; leading zeros do not count. Empty for anything else, so no sign, no blank and no {@code ../}. */
    public static Optional<RfcNumber> parse(String text) {
        if (!Wording.isDigits(text)) {
            return Optional.empty();
        }
        int first = 0;
        while (first < text.length() - 1 && text.charAt(first) == '0') {
            first++;
        }
        return text.length() - first > MAX_DIGITS
                ? Optional.empty()
                : Optional.of(new RfcNumber(Long.parseLong(text, first, text.length(), 10)));
    }

    /** The number of a file that is called exactly as {@link #fileName} calls it; empty for any other. */
    public static Optional<RfcNumber> of(FileName file) {
        String name = file.value();
        int end = name.length() - SUFFIX.length();
        if (end <= PREFIX.length() || !name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        boolean leadingZero = name.charAt(PREFIX.length()) == '0' && end > PREFIX.length() + 1;
        return leadingZero ? Optional.empty() : parse(name.substring(PREFIX.length(), end));
    }

    public FileName fileName() {
        return new FileName(PREFIX + value + SUFFIX);
    }

    @Override
    public int compareTo(RfcNumber other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
