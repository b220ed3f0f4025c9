package p101.direct;

import java.util.Arrays;

/**
 * What the sender knows of the chunks from the first missing one on, as far as one ACK can tell. Chunks outside of that are either
 * here or were never sent. A ring of {@link DirectLimits#HORIZON_CHUNKS}. One thread.
 */
final class ChunkStates {
    static final byte UNSENT = 0;
    static final byte ON_ITS_WAY = 1;
    static final byte LOST = 2;
    static final byte HERE = 3;

    private static final int MASK = DirectLimits.HORIZON_CHUNKS - 1;

    private final byte[] states = new byte[DirectLimits.HORIZON_CHUNKS];
    private final long[] lastNumbers = new long[DirectLimits.HORIZON_CHUNKS];
    private final boolean[] resent = new boolean[DirectLimits.HORIZON_CHUNKS];

    /** Lost chunks in the order in which that was found; those that came after all are passed over. */
    private final int[] lost = new int[DirectLimits.HORIZON_CHUNKS];

    private int lostHead;
    private int lostCount;
    private int cumulative;
    private int onTheirWay;

    /** All below are here. */
    int cumulative() {
        return cumulative;
    }

    int onTheirWay() {
        return onTheirWay;
    }

    byte state(int chunk) {
        return states[chunk & MASK];
    }

    /** The number of the last datagram that carried it. */
    long lastNumber(int chunk) {
        return lastNumbers[chunk & MASK];
    }

    boolean wasResent(int chunk) {
        return resent[chunk & MASK];
    }

    boolean covers(int chunk) {
        return chunk >= cumulative && chunk - cumulative < DirectLimits.HORIZON_CHUNKS;
    }

    void onSent(int chunk, long number) {
        int slot = chunk & MASK;
        if (states[slot] != ON_ITS_WAY) {
            onTheirWay++;
        }
        resent[slot] = states[slot] != UNSENT;
        states[slot] = ON_ITS_WAY;
        lastNumbers[slot] = number;
        if (lostCount > 0 && lost[lostHead] == chunk) {
            forgetFirstLost();
        }
    }

    void onLost(int chunk) {
        int slot = chunk & MASK;
        if (states[slot] == ON_ITS_WAY) {
            states[slot] = LOST;
            onTheirWay--;
            if (lostCount == lost.length) {
                forgetThoseThatCame();
            }
            lost[lostHead + lostCount & MASK] = chunk;
            lostCount++;
        }
    }

    private void forgetFirstLost() {
        lostHead = lostHead + 1 & MASK;
        lostCount--;
    }

    /** Every chunk stands in the queue once while it is lost, so there is room when those that came are gone. */
    private void forgetThoseThatCame() {
        for (int i = lostCount; i > 0; i--) {
            int chunk = lost[lostHead];
            forgetFirstLost();
            if (isLost(chunk)) {
                lost[lostHead + lostCount & MASK] = chunk;
                lostCount++;
            }
        }
    }

    private boolean isLost(int chunk) {
        return covers(chunk) && states[chunk & MASK] == LOST;
    }

    /** A chunk is at the receiver; true when that is new of one that was sent. */
    boolean onHere(int chunk) {
        int slot = chunk & MASK;
        byte before = states[slot];
        states[slot] = HERE;
        if (before == ON_ITS_WAY) {
            onTheirWay--;
        }
        return before == ON_ITS_WAY || before == LOST;
    }

    /** The chunk that was lost first and is still missing; -1 when none is. */
    int nextLost() {
        while (lostCount > 0) {
            int chunk = lost[lostHead];
            if (isLost(chunk)) {
                return chunk;
            }
            forgetFirstLost();
        }
        return -1;
    }

    /** All chunks below are here; their places are free for others. */
    void advance(int newCumulative) {
        if (newCumulative - cumulative >= DirectLimits.HORIZON_CHUNKS) {
            Arrays.fill(states, UNSENT);
            cumulative = newCumulative;
            return;
        }
        while (cumulative < newCumulative) {
            states[cumulative & MASK] = UNSENT;
            cumulative++;
        }
    }
}
