package p101.model;

/**
 * What a file holds, whatever it is called: a root alone does not bind the size, so identity is both.
 *
 * @param root the full pieces root
 * @param size bytes, 0 or more
 */
public record Content(Root root, long size) {
    /** The largest size that a PDU can carry: 2^48 - 1 bytes. */
    public static final long MAX_SIZE = (1L << 48) - 1;

    /**
     * @throws IllegalArgumentException when the size is negative or does not fit 48 bits
     */
    public Content {
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("a file has 0 to " + MAX_SIZE + " bytes, not " + size);
        }
    }

    public ContentId id() {
        return root.contentId();
    }

    /** Written out, as {@link #equals}: what a record makes by itself costs 10 ms of a start on its first use. */
    @Override
    public int hashCode() {
        return 31 * root.hashCode() + Long.hashCode(size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that && size == that.size && root.equals(that.root);
    }
}
