package p101.fetch;

/**
 * Neighbouring pieces, asked for with one request.
 *
 * @param first the first piece
 * @param count pieces, 1 or more
 */
record Run(int first, int count) {
    /** The piece after the last one. */
    int end() {
        return first + count;
    }
}
