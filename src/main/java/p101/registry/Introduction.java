package p101.registry;

import java.util.Objects;

/**
 * What a peer said of itself at a door where peers introduce themselves, and what others are told again, word for word; the
 * registry never looks at it. spec/RENDEZVOUS.md, section 5.
 *
 * @param name the name that it gave, which may be longer than the {@link Presence#peer} that stands for it
 * @param host the host name that it gave, which is never looked up; may be empty
 * @param address the IP address that it gave, when that is to be shown instead of its source; else empty
 */
public record Introduction(String name, String host, String address) {
    /** What peers have that only speak PDUs; it costs them nothing. */
    public static final Introduction NONE = new Introduction("", "", "");

    public Introduction {
        Objects.requireNonNull(name);
        Objects.requireNonNull(host);
        Objects.requireNonNull(address);
    }

    public boolean isNone() {
        return equals(NONE);
    }
}
