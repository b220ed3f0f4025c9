package p101.fetch;

/**
 * Counts the connections of all downloads of a process: each has a block of memory and the buffers of a socket. When there
 * are many, every download keeps to one source. Loop thread.
 */
final class Crowd {
    /** A little more than one download alone would like to have. */
    private static final int MOST_SESSIONS = 40;

    private int sessions;

    void joined() {
        sessions++;
    }

    void left() {
        sessions--;
    }

    /** Whether no download should connect to more than one source. */
    boolean isFull() {
        return sessions >= MOST_SESSIONS;
    }
}
