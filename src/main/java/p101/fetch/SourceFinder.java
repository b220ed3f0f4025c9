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

    /** The same for somebody who may leave before the end, and is told how far a search is that takes long itself. */
    default void find(Wanted wanted, Asker asker, Consumer<Candidate> found, Consumer<FindEnd> end) {
        find(wanted, found, end);
    }

    /** On whose behalf a search goes on. Loop thread. */
    interface Asker {
        /** Nobody in particular: waits for the end, looks at nothing. */
        Asker ANYBODY = new Asker() {
            @Override
            public boolean isGone() {
                return false;
            }

            @Override
            public void onProgress(Progress progress) {}
        };

        /** Whether nothing that would still be found is of use any more. */
        boolean isGone();

        /** How much has come of a file whose content is known only when all of it is here. */
        void onProgress(Progress progress);
    }
}
