package p101.fetch;

import java.util.function.Consumer;

/** Asks an index who has a content. Called on the loop thread; the callbacks run on it too, never inside the call. */
@FunctionalInterface
public interface SourceFinder {
    /** Rows that one search should hand over at most: more sources than that serve nobody. */
    int MAX_CANDIDATES = 64;

    /**
     * Searches once, newest first.
     *
     * @param found each row as soon as it is known, at most {@link #MAX_CANDIDATES}
     * @param end exactly once, after the last row
     */
    void find(Wanted wanted, Consumer<Candidate> found, Consumer<FindEnd> end);
}
