package p101.overlay;

import p101.model.Endpoint;

/** What a stream consists of. */
sealed interface StreamItem {
    /** The three bytes that answer a packet. */
    record Ack() implements StreamItem {}

    /**
     * A packet whose header was understood; its body was not looked at yet.
     *
     * @param type 0 to 65535, known or not
     * @param source {@code null} = the packet has none
     */
    record Framed(Form form, int type, Endpoint source, byte[] body) implements StreamItem {}
}
