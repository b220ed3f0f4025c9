package p101.rendezvous;

import java.net.InetAddress;

/**
 * Who sent a request.
 *
 * @param source the address that it came from
 * @param instead the address under which peers on the index's own loopback are shown to askers elsewhere
 */
record Asker(InetAddress source, InetAddress instead) {
    PeerView view() {
        return new PeerView(source, instead);
    }
}
