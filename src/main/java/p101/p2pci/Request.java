package p101.p2pci;

/** What somebody asked, and the manner in which the answer must be given. spec/P2PCI.md, section 3. */
public sealed interface Request {
    Manner manner();

    /** {@code ADD RFC n}: the sender has it, and says where. */
    record Add(Row row, Manner manner) implements Request {}

    /** {@code LOOKUP RFC n}: who has it? The title that may come with it does not matter. */
    record Lookup(RfcNumber number, Manner manner) implements Request {}

    /** {@code LIST ALL}, or {@code LIST}. */
    record ListAll(Manner manner) implements Request {}

    /** {@code GET RFC n}: to a peer alone. */
    record Get(RfcNumber number, Manner manner) implements Request {}

    /** {@code DEL}, {@code LEAVE}, {@code EXIT}: the sender's rows go, the connection stays. */
    record Leave(Manner manner) implements Request {}

    /** {@code DISCONNECT}, {@code STOP}, {@code QUIT}: the sender's rows go, and so does the connection, without a word. */
    record Quit(Manner manner) implements Request {}

    /** {@code CONNECT port}: some programs say hello so, and would take an answer for that to their next request. */
    record Hello(Manner manner) implements Request {}

    /**
     * Not a request that can be served.
     *
     * @param status 400 or 505
     */
    record Refused(Status status, Manner manner) implements Request {}
}
