package p101.rendezvous;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The header fields of one message, in their order; names in any case. */
final class HttpHeaders {
    private final List<Field> fields = new ArrayList<>();

    /** @param name in lower case */
    private record Field(String name, String value) {}

    void add(String name, String value) {
        fields.add(new Field(name.toLowerCase(Locale.ROOT), value));
    }

    int size() {
        return fields.size();
    }

    /**
     * All values of a field.
     *
     * @param name in lower case
     */
    List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (Field field : fields) {
            if (field.name().equals(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /**
     * The first value of a field; {@code null} when there is none.
     *
     * @param name in lower case
     */
    String first(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return field.value();
            }
        }
        return null;
    }

    boolean has(String name) {
        return first(name) != null;
    }

    /**
     * Whether a comma-separated field holds a word, in any case.
     *
     * @param name in lower case
     */
    boolean hasWord(String name, String word) {
        for (String value : all(name)) {
            for (String part : value.split(",", -1)) {
                if (part.strip().equalsIgnoreCase(word)) {
                    return true;
                }
            }
        }
        return false;
    }
}
