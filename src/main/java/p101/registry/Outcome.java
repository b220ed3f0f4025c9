package p101.registry;

import java.util.List;

/** What came of a {@link Command}. */
public sealed interface Outcome {
    /**
     * Done.
     *
     * @param leaseSeconds how long the owner lives without a further R
     * @param newestTx the greatest tx that the registry knows of the owner
     * @param heldRows the owner's rows, its presence not counted
     * @param txSum the sum of their tx, modulo 2^32
     */
    record Accepted(int leaseSeconds, int newestTx, int heldRows, int txSum) implements Outcome {}

    /**
     * Not done.
     *
     * @param newestTx with {@link Refusal#STALE}: go on above it; otherwise 0
     */
    record Refused(Refusal refusal, int newestTx) implements Outcome {}

    /** The source that was searched. */
    record Found(Registration registration) implements Outcome {}

    /** No source fits. */
    record NotFound() implements Outcome {}

    /**
     * Rows, cut from the registry at one moment.
     *
     * @param more whether there may be more rows beyond {@code resumeId}
     * @param resumeId the id of the last row that was looked at: where to go on; it may be beyond the last row returned
     */
    record Listed(List<Registration> rows, boolean more, long resumeId) implements Outcome {}

    /**
     * Owners, cut from the registry at one moment.
     *
     * @param more whether there are more after the last one
     */
    record Present(List<Presence> owners, boolean more) implements Outcome {}

    /**
     * How much there is.
     *
     * @param rows files of peers that are there
     * @param owners peers that are there, with or without files
     */
    record Totals(int rows, int owners) implements Outcome {}
}
