package p101.fetch;

import java.util.Optional;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.model.Shown;

/**
 * What one source did in a download.
 *
 * @param peer its name; may be {@link PeerName#NONE}
 * @param endpoint where it is
 * @param verifiedBytes bytes from it that counted
 * @param receivedBytes bytes of content that came from it, wasted ones too
 * @param bytesPerSecond verified bytes over the time that it was connected
 * @param dropped why it was dropped; empty for a source in good standing
 * @param detail one sentence more about a drop, safe to print; may be empty
 */
public record SourceReport(
        PeerName peer,
        Endpoint endpoint,
        long verifiedBytes,
        long receivedBytes,
        long bytesPerSecond,
        Optional<DropReason> dropped,
        String detail) {
    /** {@code alice (10.0.0.7:6010)}, or the endpoint alone; safe to print. */
    public String name() {
        return nameOf(peer, endpoint);
    }

    static String nameOf(PeerName peer, Endpoint endpoint) {
        return peer.isNone() ? endpoint.toString() : Shown.text(peer.value()) + " (" + endpoint + ")";
    }
}
