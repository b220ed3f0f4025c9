package p101.control;

/**
 * What a running process is asked.
 *
 * @param verb a word such as {@code status}
 * @param argument may be empty
 */
public record ControlRequest(String verb, String argument) {
    /** A question without an argument. */
    public static ControlRequest of(String verb) {
        return new ControlRequest(verb, "");
    }
}
