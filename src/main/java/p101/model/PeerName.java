package p101.model;

/**
 * The name that a person chose for a peer: 1 to 16 bytes of UTF-8 in NFC, under the rules of spec/PDU.md (section "Names").
 *
 * @param value the name; empty in {@link #NONE} alone
 */
public record PeerName(String value) implements Comparable<PeerName> {
    /** Most bytes of a name in UTF-8: the length of the field {@code peer} of a PDU. */
    public static final int MAX_BYTES = 16;

    /** No name: what a search that does not ask for a peer carries. */
    public static final PeerName NONE = new PeerName("");

    /**
     * @throws InvalidNameException when the name breaks a rule; the message says which
     */
    public PeerName {
        if (!value.isEmpty() && (value.length() > MAX_BYTES || !NameRules.isPlain(value))) {
            NameRules.checkBytes(value, MAX_BYTES, "a peer name");
            NameRules.checkCharacters(value);
        }
    }

    /**
     * A real name.
     *
     * @throws InvalidNameException when it is empty or breaks a rule
     */
    public static PeerName of(String value) {
        if (value.isEmpty()) {
            throw new InvalidNameException("a peer name may not be empty");
        }
        return new PeerName(value);
    }

    public boolean isNone() {
        return value.isEmpty();
    }

    @Override
    public int compareTo(PeerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** Written out, as {@link #equals}: what a record makes by itself costs 20 ms of a start on its first use. */
    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerName that && value.equals(that.value);
    }
}
