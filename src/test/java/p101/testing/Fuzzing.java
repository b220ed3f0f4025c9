package p101.testing;

import java.util.Arrays;

/** What the fuzz targets share. */
public final class Fuzzing {
    private Fuzzing() {}

    /** Looks at bytes that are cut into pieces by a seed. */
    @FunctionalInterface
    public interface Check {
        void check(byte[] bytes, long seed);
    }

    /**
     * Gives a raw input to a check: the first byte is the seed of the pieces, the rest are the bytes. Nothing is checked without a
     * first byte.
     *
     * @param data null for an empty input
     * @param maxInput where longer inputs are cut, with the first byte
     */
    public static void seeded(byte[] data, int maxInput, Check check) {
        if (data != null && data.length > 0) {
            check.check(Arrays.copyOfRange(data, 1, Math.min(data.length, maxInput)), data[0]);
        }
    }

    /** @throws AssertionError with the message when it does not hold */
    public static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
