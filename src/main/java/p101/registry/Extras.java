package p101.registry;

import java.util.Objects;

/**
 * What another door was told about a row and shows again, word for word; the registry never looks at it.
 *
 * @param host the host that the sharer claims, which is never looked up
 * @param title the title that the sharer gave
 */
public record Extras(String host, String title) {
    /** What rows of the PDU protocol have; it costs them nothing. */
    public static final Extras NONE = new Extras("", "");

    public Extras {
        Objects.requireNonNull(host);
        Objects.requireNonNull(title);
    }
}
