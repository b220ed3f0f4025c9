package p101.peer;

/** Receives the sources of a search, newest first, on the thread that runs the client. */
public interface SearchHandler {
    /**
     * The next source.
     *
     * @return false to stop the walk, which then ends as done
     */
    boolean onFound(FoundRow row);

    /** The second send went unanswered: a good moment to tell a person who waits. Once for each wait. */
    default void onSlow() {}

    /** Exactly once, last; {@link Verdict#NOT_FOUND} when there is no source, {@link Verdict#MALFORMED} when one was left out. */
    void onEnd(Ending ending);
}
