package p101.fetch;

/**
 * How much is asked of a source ahead of what came: enough that it never waits for us, little enough that a slow one holds up
 * no more than a moment's work. It grows with every answer, as far as the source's speed justifies.
 */
final class Window {
    /** Pieces of 64 KiB in 1,638,400 bytes: a whole number of frames, leaves and blocks. */
    static final int BEST_RUN_PIECES = 25;

    /** Bytes asked ahead of a source of unknown speed. */
    static final long START_BYTES = 3 * 4 * 65_536;

    private static final long MAX_BYTES = 8 * 1_638_400;

    /** A source should have work for this long. */
    private static final double AHEAD_SECONDS = 0.4;

    /** Requests that share the window, so that the next one is there before the last one is answered. */
    private static final int REQUESTS = 3;

    private long bytes = START_BYTES;

    /** An answer came whole. */
    void grow(long answerBytes, double bytesPerSecond) {
        long justified = (long) Math.min(MAX_BYTES, Math.max(START_BYTES, bytesPerSecond * AHEAD_SECONDS));
        bytes = Math.min(bytes + answerBytes, justified);
    }

    /** Whether another request fits; there is always room for two, however large the pieces are. */
    boolean hasRoom(long outstandingBytes, int outstandingRequests) {
        return outstandingRequests < 2 || outstandingBytes + bytes / REQUESTS <= bytes;
    }

    /** Pieces for one request. */
    int runPieces(long pieceBytes) {
        long pieces = Math.max(1, bytes / REQUESTS / pieceBytes);
        return (int) (pieces < BEST_RUN_PIECES ? pieces : pieces - pieces % BEST_RUN_PIECES);
    }
}
