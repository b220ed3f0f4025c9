package p101.model;

/**
 * The name of a shared file, without any folder: 1 to 255 bytes of UTF-8 in NFC, under the rules of spec/PDU.md (section
 * "Names"). A name of at most {@link #MAX_LABEL_BYTES} bytes fits the field {@code file} of a PDU as it is; a longer one
 * travels under a label (spec/PDU.md, section "Labels").
 *
 * @param value the name; empty in {@link #NONE} alone
 */
public record FileName(String value) implements Comparable<FileName> {
    /** Most bytes of a full name in UTF-8. */
    public static final int MAX_BYTES = 255;

    /** Most bytes of a name that a PDU can carry. */
    public static final int MAX_LABEL_BYTES = 50;

    /** No name: what a refresh, a "de-register all" and a search by content carry. */
    public static final FileName NONE = new FileName("");

    /**
     * @throws InvalidNameException when the name breaks a rule; the message says which
     */
    public FileName {
        if (!value.isEmpty()) {
            if (value.length() > MAX_BYTES || !NameRules.isPlain(value)) {
                NameRules.checkBytes(value, MAX_BYTES, "a file name");
                NameRules.checkCharacters(value);
            }
            NameRules.checkFileName(value);
        }
    }

    /**
     * A real name.
     *
     * @throws InvalidNameException when it is empty or breaks a rule
     */
    public static FileName of(String value) {
        if (value.isEmpty()) {
            throw new InvalidNameException("a file name may not be empty");
        }
        return new FileName(value);
    }

    public boolean isNone() {
        return value.isEmpty();
    }

    /** Bytes of the name in UTF-8. */
    public int utf8Length() {
        return NameRules.utf8Length(value);
    }

    /** Whether a PDU can carry the name as it is. */
    public boolean fitsPdu() {
        return value.length() <= MAX_LABEL_BYTES && utf8Length() <= MAX_LABEL_BYTES;
    }

    @Override
    public int compareTo(FileName other) {
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
        return other instanceof FileName that && value.equals(that.value);
    }
}
