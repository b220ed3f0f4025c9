package p101.peer;

/** Receives a walk over the list of the index, on the thread that runs the client. */
public interface ListHandler {
    /**
     * The next row; ids grow and no row comes twice.
     *
     * @return false to stop the walk, which then ends as done
     */
    boolean onRow(ListedRow row);

    /** The second send went unanswered: a good moment to tell a person who waits. Once for each wait. */
    default void onSlow() {}

    /** Exactly once, last; {@link Verdict#MALFORMED} when rows had to be left out. */
    void onEnd(Ending ending);
}
