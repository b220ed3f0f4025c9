package p101.index;

/**
 * Whether datagrams come faster than they are handled, told by how long each wait for one took: what is there already is had at
 * once. Thread-confined; a decision on times alone.
 */
final class Backlog {
    /** A receive that does not have to wait takes a microsecond or two; being put to sleep and woken up takes more than this. */
    static final long AT_ONCE_NANOS = 4_000;

    /** So many in a row are no accident. */
    static final int ENOUGH = 8;

    private int inARow;

    /** A wait for a datagram took so long. */
    void waited(long nanos) {
        inARow = nanos < AT_ONCE_NANOS ? inARow + 1 : 0;
    }

    /** All that had come is handled. */
    void end() {
        inARow = 0;
    }

    boolean isThere() {
        return inARow >= ENOUGH;
    }
}
