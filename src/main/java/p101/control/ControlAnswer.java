package p101.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a running process says.
 *
 * @param ok whether it was done
 * @param text a sentence for people; may be empty
 * @param fields names and values, in the order in which they are to be shown
 */
public record ControlAnswer(boolean ok, String text, Map<String, String> fields) {
    public ControlAnswer {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Done. */
    public static ControlAnswer done(String text) {
        return new ControlAnswer(true, text, Map.of());
    }

    /** Done, with what was asked for. */
    public static ControlAnswer of(Map<String, String> fields) {
        return new ControlAnswer(true, "", fields);
    }

    /** Not done, and why. */
    public static ControlAnswer failed(String text) {
        return new ControlAnswer(false, text, Map.of());
    }
}
