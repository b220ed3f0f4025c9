package p101.peer;

import p101.model.Shown;

/**
 * The end of a request.
 *
 * @param verdict how it came out
 * @param text a sentence for people, safe to print; may be empty when the verdict says all
 */
public record Ending(Verdict verdict, String text) {
    /** Done, with nothing to add. */
    public static final Ending DONE = new Ending(Verdict.DONE, "");

    /** Replaced or closed. */
    public static final Ending CANCELLED = new Ending(Verdict.CANCELLED, "cancelled");

    /** An ending whose text came from outside: it is made safe to print here. */
    public static Ending of(Verdict verdict, String foreignText) {
        return new Ending(verdict, Shown.text(foreignText));
    }

    public boolean isDone() {
        return verdict == Verdict.DONE;
    }
}
