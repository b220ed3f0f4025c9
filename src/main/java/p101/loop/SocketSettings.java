package p101.loop;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * What a TCP socket is set to. {@code TCP_NODELAY} is always on: a PDU never waits for the next one.
 *
 * @param sendBufferBytes {@code SO_SNDBUF}; 0 leaves it to the system, which adapts it
 * @param receiveBufferBytes {@code SO_RCVBUF}; 0 leaves it to the system, which adapts it
 * @param maxQueuedBytes most bytes that {@link Connection#write} queues
 * @param keepAliveSeconds a connection on which nothing was said for so long is probed, and reset when it does not answer
 *     four probes, 5 s apart; 0 = never
 */
public record SocketSettings(int sendBufferBytes, int receiveBufferBytes, int maxQueuedBytes, int keepAliveSeconds) {
    /** Bytes that {@link Connection#write} queues unless told otherwise: 64 KiB. */
    public static final int DEFAULT_MAX_QUEUED_BYTES = 64 * 1024;

    private static final int KEEP_ALIVE_PROBES = 4;
    private static final int KEEP_ALIVE_INTERVAL_SECONDS = 5;

    private static final int BULK_BUFFER_BYTES = 4 * 1024 * 1024;

    /** Buffers as the system likes them. */
    public static final SocketSettings DEFAULT = new SocketSettings(0, 0, DEFAULT_MAX_QUEUED_BYTES);

    /** 4 MiB each way, for contents. */
    public static final SocketSettings BULK =
            new SocketSettings(BULK_BUFFER_BYTES, BULK_BUFFER_BYTES, DEFAULT_MAX_QUEUED_BYTES);

    /**
     * @throws IllegalArgumentException when a number is negative
     */
    public SocketSettings {
        if (sendBufferBytes < 0 || receiveBufferBytes < 0 || maxQueuedBytes < 0 || keepAliveSeconds < 0) {
            throw new IllegalArgumentException("a buffer has 0 bytes or more, a time 0 seconds or more");
        }
    }

    /** Without probes. */
    public SocketSettings(int sendBufferBytes, int receiveBufferBytes, int maxQueuedBytes) {
        this(sendBufferBytes, receiveBufferBytes, maxQueuedBytes, 0);
    }

    public SocketSettings withKeepAliveSeconds(int seconds) {
        return new SocketSettings(sendBufferBytes, receiveBufferBytes, maxQueuedBytes, seconds);
    }

    /** For a socket that will send and receive. */
    void applyTo(NetworkChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (sendBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        }
        applyReceiveBuffer(channel);
        if (keepAliveSeconds > 0) {
            keepAlive(channel);
        }
    }

    /** The times are the system's own (two hours) where it does not let a program choose them. */
    private void keepAlive(NetworkChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, keepAliveSeconds);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_INTERVAL_SECONDS);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
        }
    }

    /** For a listening socket: the window's scale is settled in the handshake, so what it accepts must inherit the size. */
    void applyReceiveBuffer(NetworkChannel channel) throws IOException {
        if (receiveBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
    }
}
