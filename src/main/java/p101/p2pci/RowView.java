package p101.p2pci;

import java.net.InetAddress;
import java.util.Optional;
import p101.registry.Extras;
import p101.registry.Registration;

/**
 * What one asker sees of the registry: the rows that are RFCs and can be fetched by GET. spec/P2PCI.md, section 6.
 *
 * @param asker where the question came from
 * @param instead the address under which peers on the index's own loopback are shown to askers elsewhere
 */
record RowView(InetAddress asker, InetAddress instead) {
    /** A row of the answer; empty when the registration is none for this protocol. */
    Optional<Row> of(Registration registration) {
        if ((registration.flags() & (Registration.PARTIAL | Registration.NOT_FETCHABLE)) != 0) {
            return Optional.empty();
        }
        return RfcNumber.of(registration.file()).map(number -> row(number, registration));
    }

    private Row row(RfcNumber number, Registration registration) {
        int port = registration.owner().place().port();
        Extras extras = registration.extras();
        if (!extras.host().isEmpty() && !extras.title().isEmpty()) {
            return new Row(number, extras.title(), new Holder(extras.host(), port));
        }
        return new Row(number, registration.file().value(), new Holder(shown(registration), port));
    }

    private String shown(Registration registration) {
        InetAddress place = registration.owner().place().address();
        InetAddress shown = place.isLoopbackAddress() && !asker.isLoopbackAddress() ? instead : place;
        return shown.getHostAddress();
    }
}
