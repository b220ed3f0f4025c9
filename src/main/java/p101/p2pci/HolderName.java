package p101.p2pci;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import p101.model.PeerName;

/**
 * The peer name under which a P2P-CI program stands in the registry: the beginning of its host, {@code ~}, and 8 hexadecimal
 * digits of the SHA-256 of host, port and source address. So one place has one name whichever connection speaks for it, and
 * nobody takes another's by claiming the same host from elsewhere. spec/P2PCI.md, section 6.
 */
final class HolderName {
    private static final int DIGEST_BYTES = 4;
    private static final int MAX_HOST_CHARACTERS = PeerName.MAX_BYTES - 1 - 2 * DIGEST_BYTES;

    private HolderName() {}

    static PeerName of(Holder holder, InetAddress source) {
        StringBuilder name = new StringBuilder(PeerName.MAX_BYTES);
        String host = holder.host();
        for (int i = 0; i < host.length() && i < MAX_HOST_CHARACTERS; i++) {
            char c = host.charAt(i);
            name.append(isPlain(c) ? c : '_');
        }
        MessageDigest digest = sha256();
        digest.update((host + ' ' + holder.port() + ' ').getBytes(StandardCharsets.UTF_8));
        digest.update(source.getAddress());
        return PeerName.of(name.append('~')
                .append(HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES))
                .toString());
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
