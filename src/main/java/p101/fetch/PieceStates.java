package p101.fetch;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What is going on with each piece, and which request it belongs to meanwhile. A piece has one owner at a time, and only the
 * owner's bytes reach the disk: so nothing can overwrite bytes that are being checked or that count already.
 */
final class PieceStates {
    /** {@code MISSING -> TAKEN -> CHECKING -> HELD}; back to MISSING from the two in the middle. */
    enum State {
        /** It has no owner. */
        MISSING,
        /** The owner was asked for it, and not all of it has come. */
        TAKEN,
        /** All of it came from the owner and is being hashed. */
        CHECKING,
        /** Verified. */
        HELD
    }

    private final State[] states;
    private final Run[] owners;
    private int missing;
    private int held;

    PieceStates(int pieceCount) {
        states = new State[pieceCount];
        Arrays.fill(states, State.MISSING);
        owners = new Run[pieceCount];
        missing = pieceCount;
    }

    int count() {
        return states.length;
    }

    /** Pieces without an owner. */
    int missing() {
        return missing;
    }

    boolean isComplete() {
        return held == states.length;
    }

    boolean isMissing(int piece) {
        return states[piece] == State.MISSING;
    }

    /** Whether the piece is to come in the answer to this request. */
    boolean isTakenBy(Run run, int piece) {
        return owners[piece] == run && states[piece] == State.TAKEN;
    }

    boolean isTakenBy(Lane lane, int piece) {
        return states[piece] == State.TAKEN && owners[piece].lane() == lane;
    }

    /** Gives the missing pieces of a run to it. */
    void take(Run run) {
        for (int i = run.first(); i < run.end(); i++) {
            if (states[i] == State.MISSING) {
                states[i] = State.TAKEN;
                owners[i] = run;
                missing--;
            }
        }
    }

    /** Gives pieces that did not come yet to another run. */
    void handOver(Run to) {
        for (int i = to.first(); i < to.end(); i++) {
            expect(i, State.TAKEN);
            owners[i] = to;
        }
    }

    /** The piece turned out to be there already, whoever was asked for it. */
    void alreadyHeld(int piece) {
        if (states[piece] == State.MISSING) {
            missing--;
        }
        states[piece] = State.HELD;
        owners[piece] = null;
        held++;
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

    /** Frees what did not come of a run, from a piece on. */
    void freeRest(Run run, int from) {
        for (int i = Math.max(from, run.first()); i < run.end(); i++) {
            if (isTakenBy(run, i)) {
                free(i);
            }
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
