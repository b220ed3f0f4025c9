package p101.peer;

import p101.model.FileName;
import p101.model.PeerName;

/**
 * A file that the peer could share or shares.
 *
 * @param file its name, or the label that it is registered under
 * @param size bytes
 * @param registeredAs the name that it is registered under; {@link PeerName#NONE} when it is not registered
 */
public record LocalFile(FileName file, long size, PeerName registeredAs) {
    public boolean isRegistered() {
        return !registeredAs.isNone();
    }
}
