package p101.model;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Where random numbers come from: unguessable ones in a real process, a seeded sequence in a test. */
public interface Randomness {
    /** 64 random bits. */
    long nextLong();

    /** 32 random bits. */
    default int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    /**
     * A number from 0 to {@code bound - 1}.
     *
     * @param bound 1 or more
     */
    default int below(int bound) {
        return (int) Math.floorMod(nextLong() >>> 1, (long) bound);
    }

    /** Fills the array with random bytes. */
    default void fill(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) nextLong();
        }
    }

    /** Unguessable numbers, from any thread. */
    static Randomness secure() {
        return new SecureRandom()::nextLong;
    }

    /** A sequence that one seed fixes, for tests and simulations; from one thread. */
    static Randomness seeded(long seed) {
        RandomGenerator generator = new java.util.SplittableRandom(seed);
        return generator::nextLong;
    }
}
