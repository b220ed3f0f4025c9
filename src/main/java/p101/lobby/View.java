package p101.lobby;

import java.net.InetAddress;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.model.Shown;
import p101.registry.Presence;
import p101.registry.Registration;

/**
 * What one member sees of the registry, as lines.
 *
 * @param asker where the question came from
 * @param instead the address under which peers on the index's own loopback are shown to askers elsewhere
 */
record View(InetAddress asker, InetAddress instead) {
    /** {@code 10.0.0.7:6010}. */
    String place(Endpoint place) {
        boolean hidden = place.isLoopback() && !asker.isLoopbackAddress();
        return (hidden ? new Endpoint(instead, place.port()) : place).toString();
    }

    static String name(PeerName name) {
        return Words.shown(Shown.text(name.value()));
    }

    /** {@code alias -> ip:port}. */
    void user(Presence presence, StringBuilder lines) {
        lines.append(name(presence.peer()))
                .append(" -> ")
                .append(place(presence.owner().place()))
                .append('\n');
    }

    /** {@code alias Listens at: port}. */
    void listens(Presence presence, StringBuilder lines) {
        lines.append(name(presence.peer()))
                .append(" Listens at: ")
                .append(presence.owner().place().port())
                .append('\n');
    }

    /** {@code ip:port | alias => file}. */
    void file(Registration row, StringBuilder lines) {
        row(row, lines).append('\n');
    }

    /** {@code ip:port | alias => file | how}. */
    void fetch(Registration row, StringBuilder lines) {
        row(row, lines).append(" | ").append(Way.of(row)).append('\n');
    }

    private StringBuilder row(Registration row, StringBuilder lines) {
        return lines.append(place(row.owner().place()))
                .append(" | ")
                .append(name(row.peer()))
                .append(" => ")
                .append(Shown.text(row.file().value()));
    }
}
