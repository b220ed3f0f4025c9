package p101.fetch;

/** How a search in the index ended. */
public sealed interface FindEnd {
    /** All that matched was handed over, at least one row (or as many as the finder gives at most). */
    record Done() implements FindEnd {}

    /** The index answered: nothing matches. */
    record NotFound() implements FindEnd {}

    /** No answer within the timers of spec/PDU.md, section "Rules of a peer". */
    record IndexSilent() implements FindEnd {}

    /**
     * The index refused, or the search could not be asked.
     *
     * @param text one sentence for a person, safe to print
     */
    record Refused(String text) implements FindEnd {}
}
