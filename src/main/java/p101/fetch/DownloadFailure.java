package p101.fetch;

/**
 * Why a download ended without its file.
 *
 * @param kind what callers decide by
 * @param text one sentence for a person: what happened and what to do; safe to print
 */
public record DownloadFailure(Kind kind, String text) {
    /** Each kind has its own exit code in a command. */
    public enum Kind {
        /** The index knows no such file. */
        NOT_FOUND,
        /** The index does not answer. */
        INDEX_SILENT,
        /** The index refused the search. */
        REFUSED,
        /** No source could deliver, or what came did not verify. */
        NO_SOURCE,
        /** No space, no permission, or another error of the disk or of the output stream. */
        DISK,
        /** A file of that name is there and the policy says to keep it. */
        EXISTS,
        /** Another download writes the same file. */
        IN_USE,
        /** {@link Download#cancel()} was called. */
        CANCELLED
    }
}
