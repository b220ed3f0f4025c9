package p101.direct;

import java.net.InetSocketAddress;

/** What a transfer needs of the receiver that it belongs to. */
interface IncomingOwner {
    void send(DirectDatagram datagram, InetSocketAddress to);

    /** It has ended. */
    void onEnded(Incoming incoming, boolean wasAsking);

    long nowNanos();

    /** Something changed that no datagram and no timer brought. */
    void onChange();
}
