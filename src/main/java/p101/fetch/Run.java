package p101.fetch;

import p101.library.Geometry;

/**
 * Neighbouring pieces that one source was asked for with one request. It is compared by identity: a source may be asked for a piece
 * that it was asked for before and that was then given to another, and the bytes of the two answers must not be mixed up.
 */
final class Run {
    private final Lane lane;
    private final int first;
    private final int count;

    /**
     * @param first the first piece
     * @param count pieces, 1 or more
     */
    Run(Lane lane, int first, int count) {
        this.lane = lane;
        this.first = first;
        this.count = count;
    }

    Lane lane() {
        return lane;
    }

    int first() {
        return first;
    }

    int count() {
        return count;
    }

    /** The piece after the last one. */
    int end() {
        return first + count;
    }

    long offset(Geometry geometry) {
        return geometry.pieceOffset(first);
    }

    long bytes(Geometry geometry) {
        return geometry.pieceOffset(end() - 1) + geometry.pieceLength(end() - 1) - offset(geometry);
    }

    @Override
    public String toString() {
        return "pieces " + first + " to " + (end() - 1);
    }
}
