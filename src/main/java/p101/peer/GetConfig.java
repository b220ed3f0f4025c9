package p101.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import p101.model.PeerName;

/**
 * What a {@link GetSession} is opened with.
 *
 * @param index the index, resolved
 * @param bind the local address of its sockets; null = any
 * @param port TCP port of the content server, should it share; 0 = a free one
 * @param name under which it shares while it lasts; {@link PeerName#NONE} = it does not share
 * @param keep whether {@link GetSession#keepSharing} will follow, so that what was downloaded is remembered
 * @param dialect another protocol to serve and fetch by; {@link Dialect#NONE} = none
 */
public record GetConfig(
        InetSocketAddress index, InetAddress bind, int port, PeerName name, boolean keep, Dialect dialect) {
    /** With PDUs alone. */
    public GetConfig(InetSocketAddress index, InetAddress bind, int port, PeerName name, boolean keep) {
        this(index, bind, port, name, keep, Dialect.NONE);
    }

    public GetConfig withDialect(Dialect other) {
        return new GetConfig(index, bind, port, name, keep, other);
    }
}
