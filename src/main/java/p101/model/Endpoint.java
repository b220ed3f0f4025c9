package p101.model;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * An IP address and a port, already resolved. IPv4-mapped IPv6 addresses are IPv4 here, as the JDK makes them.
 *
 * @param address an IPv4 or IPv6 address
 * @param port 0 to 65535
 */
public record Endpoint(InetAddress address, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * @throws IllegalArgumentException when the port is not 0 to 65535
     */
    public Endpoint {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is 0 to " + MAX_PORT + ", not " + port);
        }
    }

    /**
     * @throws IllegalArgumentException when the address was not resolved
     */
    public static Endpoint of(InetSocketAddress socketAddress) {
        if (socketAddress.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + socketAddress.getHostString());
        }
        return new Endpoint(socketAddress.getAddress(), socketAddress.getPort());
    }

    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(address, port);
    }

    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Whether a peer can really be reached there: not the wildcard, not multicast or broadcast, and a port above 0. */
    public boolean isReachable() {
        return port != 0 && !address.isAnyLocalAddress() && !address.isMulticastAddress() && !isBroadcast();
    }

    private boolean isBroadcast() {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 && (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == -1;
    }

    /** {@code 10.0.0.7:6010} or {@code [fe80::1]:6010}. */
    @Override
    public String toString() {
        String host = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + host + "]:" + port : host + ":" + port;
    }

    /** Written out, as {@link #equals}: what a record makes by itself costs 10 ms of a start on its first use. */
    @Override
    public int hashCode() {
        return 31 * address.hashCode() + port;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint that && port == that.port && address.equals(that.address);
    }
}
