package p101.direct;

import java.nio.ByteBuffer;

/**
 * One datagram of a file transfer. Numbers have passed their range checks. {@code id} is that of the addressee. spec/DIRECT.md,
 * section 3.
 */
sealed interface DirectDatagram {
    long id();

    /** Sender to receiver: this is what I have; {@code token} is 0 until a challenge gave one. */
    record Offer(long id, long token, int chunkBytes, FileOffer file) implements DirectDatagram {}

    /** Receiver to sender: say it again with this token. */
    record Challenge(long id, long token) implements DirectDatagram {}

    /** Receiver to sender: somebody is being asked. */
    record Wait(long id) implements DirectDatagram {}

    /**
     * Receiver to sender: begin.
     *
     * @param receiverId what datagrams to the receiver carry from now on
     * @param flightBytes most bytes of content that may be on their way
     * @param limit chunks below it may be sent
     */
    record Accept(long id, long receiverId, int chunkBytes, int flightBytes, int limit) implements DirectDatagram {}

    record Refuse(long id, DirectReason reason) implements DirectDatagram {}

    /**
     * Sender to receiver: a chunk.
     *
     * @param number of this datagram: each one has a new number, also when its chunk was sent before; 1 or more
     * @param content a view of the buffer that it was read from
     */
    record Data(long id, long number, int chunk, ByteBuffer content) implements DirectDatagram {}

    /**
     * Receiver to sender: what is here.
     *
     * @param newest the greatest number that came; 0 = none yet
     * @param delayMicros between its coming and this
     * @param cumulative all chunks below are here
     * @param limit chunks below it may be sent
     * @param bitmap bit i, most significant first, stands for chunk {@code cumulative + 1 + i}; a view
     */
    record Ack(long id, long newest, long delayMicros, int cumulative, int limit, ByteBuffer bitmap)
            implements DirectDatagram {}

    /** Receiver to sender: the file is whole, verified and has its name, or was here already. */
    record Stored(long id, boolean wasHere) implements DirectDatagram {}

    /** Sender to receiver: I know that it is stored. */
    record Farewell(long id) implements DirectDatagram {}

    /** Receiver to sender: I know that you know. */
    record Closed(long id) implements DirectDatagram {}

    /**
     * Either way: it is over.
     *
     * @param id of the addressee; 0 when it is not known
     * @param cause the id in the datagram that this answers; 0 when it answers none
     */
    record Abort(long id, long cause, DirectReason reason) implements DirectDatagram {}
}
