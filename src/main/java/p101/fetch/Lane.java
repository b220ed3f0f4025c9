package p101.fetch;

import java.util.ArrayDeque;
import java.util.BitSet;
import p101.library.PieceSet;

/** What the choice of pieces knows of one connected source: what it has, what it was asked for, how fast it is. */
final class Lane {
    /** The source's name, by which all downloaders of a content divide it in the same way; may be empty. */
    final String name;

    /** Runs that were asked for and not yet answered to the end, in the order of the requests. */
    final ArrayDeque<Run> outstanding = new ArrayDeque<>();

    /** The pieces of a partial source; {@code null} for one that has everything. */
    private BitSet have;

    private double bytesPerSecond;
    private long outstandingBytes;

    /**
     * @param complete whether the source has everything; if not, it has nothing until told
     */
    Lane(String name, boolean complete) {
        this.name = name;
        this.have = complete ? null : new BitSet();
    }

    boolean isComplete() {
        return have == null;
    }

    boolean has(int piece) {
        return have == null || have.get(piece);
    }

    /** Only {@link Swarm} calls it: availability must follow. */
    void replaceHave(PieceSet pieces) {
        if (pieces.isComplete()) {
            have = null;
            return;
        }
        BitSet fresh = new BitSet(pieces.pieceCount());
        for (int i = pieces.nextHeld(0); i < pieces.pieceCount(); i = pieces.nextHeld(i + 1)) {
            fresh.set(i);
        }
        have = fresh;
    }

    /** Only {@link Swarm} calls it. The source said, by its answers, that it does not have the piece. */
    void lacks(int piece, int pieceCount) {
        if (have == null) {
            have = new BitSet(pieceCount);
            have.set(0, pieceCount);
        }
        have.clear(piece);
    }

    double bytesPerSecond() {
        return bytesPerSecond;
    }

    void measured(double newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    /** Bytes that were asked for and have not come, those that somebody else was given meanwhile included. */
    long outstandingBytes() {
        return outstandingBytes;
    }

    void asked(Run run, long bytes) {
        outstanding.add(run);
        outstandingBytes += bytes;
    }

    void came(long bytes) {
        outstandingBytes = Math.max(0, outstandingBytes - bytes);
    }

    /** Seconds until all that was asked for has come, at the present speed; infinite when nothing moves. */
    double secondsToDrain() {
        if (outstandingBytes == 0) {
            return 0;
        }
        return bytesPerSecond <= 0 ? Double.POSITIVE_INFINITY : outstandingBytes / bytesPerSecond;
    }
}
