package p101.peer;

import java.util.List;

/**
 * How many downloads of one command go on at the same time. Getting a small file is mostly waiting, for the index, for the
 * source and for the disk, and several can wait together. A large one keeps the line busy alone: with two of them at work no
 * more are begun, so that they end one after the other and an interrupted command leaves few halves.
 */
final class GetPace {
    /** The size of a download before its source was found. */
    static final long UNKNOWN_BYTES = -1;

    static final long LARGE_BYTES = 8L << 20;

    /** Any of those whose size is not known yet may prove to be large. */
    static final int MOST_UNKNOWN = 2;

    static final int MOST_LARGE = 2;

    private GetPace() {}

    /**
     * Whether another download may begin beside those that run.
     *
     * @param runningBytes their sizes
     */
    static boolean allowsOneMore(List<Long> runningBytes, int mostAtOnce) {
        int unknown = 0;
        int large = 0;
        for (long bytes : runningBytes) {
            unknown += bytes == UNKNOWN_BYTES ? 1 : 0;
            large += bytes > LARGE_BYTES ? 1 : 0;
        }
        return runningBytes.size() < mostAtOnce && unknown < MOST_UNKNOWN && large < MOST_LARGE;
    }
}
