package p101.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import p101.model.PeerName;

/**
 * What a peer is started with.
 *
 * @param index the index, resolved
 * @param name under which files are registered until {@link Peer#changeName}
 * @param bind the local address of the content server and of the socket to the index; null = any
 * @param port TCP port of the content server; 0 = a free one
 * @param home folders of the peer's state
 * @param folder where downloads go, and where {@link Peer#registerFile} and {@link Peer#localFiles} look
 * @param shared files and folders that are shared from the start, folders recursively
 * @param dialect another protocol to serve and fetch by; {@link Dialect#NONE} = none
 */
public record PeerConfig(
        InetSocketAddress index,
        PeerName name,
        InetAddress bind,
        int port,
        HomeFolders home,
        Path folder,
        List<Path> shared,
        Dialect dialect) {
    public PeerConfig {
        shared = List.copyOf(shared);
    }

    /** With PDUs alone. */
    public PeerConfig(
            InetSocketAddress index,
            PeerName name,
            InetAddress bind,
            int port,
            HomeFolders home,
            Path folder,
            List<Path> shared) {
        this(index, name, bind, port, home, folder, shared, Dialect.NONE);
    }

    public PeerConfig withDialect(Dialect other) {
        return new PeerConfig(index, name, bind, port, home, folder, shared, other);
    }
}
