package p101.peer;

/**
 * Who an index takes a peer for, together with the source address of its datagrams. spec/PDU.md, section 7.4.
 *
 * @param key secret, never 0
 * @param tcpPort where the content server listens, 1 to 65535
 */
public record OwnerIdentity(long key, int tcpPort) {
    /** Of a client that only searches and lists. */
    static final OwnerIdentity NONE = new OwnerIdentity(0, 0);

    /** Without the key, which belongs in no log. */
    @Override
    public String toString() {
        return "owner on port " + tcpPort;
    }
}
