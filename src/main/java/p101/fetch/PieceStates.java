package p101.fetch;

import java.util.function.IntPredicate;
import p101.library.PieceSet;

/**
 * What is going on with each piece, and which source it belongs to meanwhile. A piece has one owner at a time, and only the
 * owner's bytes reach the disk: so nothing can overwrite bytes that are being checked or that count already.
 */
final class PieceStates {
    /** {@code MISSING -> TAKEN -> CHECKING -> HELD}; back to MISSING from the two in the middle. */
    enum State {
        /** Nobody was asked for it. */
        MISSING,
        /** The owner was asked for it, and not all of it has come. */
        TAKEN,
        /** All of it came from the owner and is being hashed. */
        CHECKING,
        /** Verified. */
        HELD
    }

    private final State[] states;
    private final Lane[] owners;
    private int missing;
    private int held;

    PieceStates(PieceSet already) {
        states = new State[already.pieceCount()];
        owners = new Lane[states.length];
        for (int i = 0; i < states.length; i++) {
            states[i] = already.has(i) ? State.HELD : State.MISSING;
        }
        held = already.count();
        missing = states.length - held;
    }

    int count() {
        return states.length;
    }

    /** Pieces that nobody was asked for. */
    int missing() {
        return missing;
    }

    boolean isComplete() {
        return held == states.length;
    }

    boolean isMissing(int piece) {
        return states[piece] == State.MISSING;
    }

    boolean isTakenBy(Lane lane, int piece) {
        return owners[piece] == lane && states[piece] == State.TAKEN;
    }

    void take(int piece, Lane lane) {
        expect(piece, State.MISSING);
        states[piece] = State.TAKEN;
        owners[piece] = lane;
        missing--;
    }

    /** Gives a piece that did not come to another owner. */
    void handOver(int piece, Lane to) {
        expect(piece, State.TAKEN);
        owners[piece] = to;
    }

    void received(int piece) {
        expect(piece, State.TAKEN);
        states[piece] = State.CHECKING;
    }

    void verified(int piece) {
        expect(piece, State.CHECKING);
        states[piece] = State.HELD;
        owners[piece] = null;
        held++;
    }

    /** The piece will not come, or was wrong. */
    void free(int piece) {
        if (states[piece] == State.TAKEN || states[piece] == State.CHECKING) {
            states[piece] = State.MISSING;
            owners[piece] = null;
            missing++;
        }
    }

    /** Frees what the source was asked for and has not delivered. What is being checked stays. */
    void freeTakenBy(Lane lane) {
        for (int i = 0; i < states.length; i++) {
            if (isTakenBy(lane, i)) {
                free(i);
            }
        }
    }

    /** The first piece from {@code start} on, and then from 0 on, that fits; -1 when none does. */
    int nextInCircle(int start, IntPredicate fits) {
        for (int i = start; i < states.length; i++) {
            if (fits.test(i)) {
                return i;
            }
        }
        for (int i = 0; i < Math.min(start, states.length); i++) {
            if (fits.test(i)) {
                return i;
            }
        }
        return -1;
    }

    private void expect(int piece, State state) {
        if (states[piece] != state) {
            throw new IllegalStateException("piece " + piece + " is " + states[piece] + ", not " + state);
        }
    }
}
