package p101.rendezvous;

import java.net.InetAddress;
import p101.registry.Introduction;
import p101.registry.Presence;

/**
 * What one asker sees of the peers.
 *
 * @param asker where the question came from
 * @param instead the address under which peers on the index's own loopback are shown to askers elsewhere
 */
record PeerView(InetAddress asker, InetAddress instead) {
    /**
     * One peer as it is shown.
     *
     * @param host the name that it gave, or its address when it gave none
     * @param files how many it shares
     */
    record Shown(String name, String address, int port, String host, int files) {}

    Shown of(Presence presence) {
        Introduction said = presence.introduction();
        String address = said.address().isEmpty() ? GivenAddress.show(place(presence)) : said.address();
        return new Shown(
                name(presence),
                address,
                presence.owner().place().port(),
                said.host().isEmpty() ? address : said.host(),
                presence.heldRows());
    }

    private InetAddress place(Presence presence) {
        InetAddress place = presence.owner().place().address();
        return place.isLoopbackAddress() && !asker.isLoopbackAddress() ? instead : place;
    }

    /** The name that a peer is listed and chosen by. */
    static String name(Presence presence) {
        String given = presence.introduction().name();
        return given.isEmpty() ? presence.peer().value() : given;
    }
}
