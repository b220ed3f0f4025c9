package p101.content;

import java.util.concurrent.TimeUnit;
import p101.loop.AcceptLimits;
import p101.loop.DescriptorBudget;
import p101.loop.EventLoop;
import p101.loop.SocketSettings;

/**
 * What a content server allows (spec/PDU.md, section 9).
 *
 * @param connections connections in all; never more than the process's file descriptors allow ({@link DescriptorBudget})
 * @param connectionsPerAddress connections from one IPv4 address or IPv6 /64 network
 * @param pipelinedRequests D that one connection may have unanswered before no more is read from it
 * @param requestNanos how long a D may take from its first byte to its last
 * @param idleNanos how long a connection on which nothing is owed may be silent
 * @param drainNanos over how long the speed of a reader is judged
 * @param drainBytesPerSecond how fast a reader must take what is owed to it
 * @param wireBuffers buffers of 404 KiB that all connections share; made as they are needed
 * @param openFiles files that are kept open at a time; as above
 * @param sendBufferBytes {@code SO_SNDBUF} of a connection; 0 leaves it to the system, which adapts it to the distance, and is
 *     {@value #LOCAL_SEND_BUFFER_BYTES} to this machine itself
 */
public record ContentLimits(
        int connections,
        int connectionsPerAddress,
        int pipelinedRequests,
        long requestNanos,
        long idleNanos,
        long drainNanos,
        int drainBytesPerSecond,
        int wireBuffers,
        int openFiles,
        int sendBufferBytes) {
    /** The defaults. */
    public static final ContentLimits DEFAULT = new ContentLimits(
            16_384,
            512,
            64,
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.SECONDS.toNanos(60),
            TimeUnit.SECONDS.toNanos(20),
            1_024,
            16,
            64,
            0);

    /**
     * To this machine itself nothing is ever under way, and what does not fit the processor's cache only slows it down:
     * measured, a gigabyte took a third less time than with the 4 MiB that the system comes to.
     */
    static final int LOCAL_SEND_BUFFER_BYTES = 262_144;

    /** More than this the shared read buffer could not hold. */
    private static final int MOST_PIPELINED_REQUESTS = EventLoop.READ_BUFFER_BYTES / 101;

    /**
     * @throws IllegalArgumentException when a limit makes no sense
     */
    public ContentLimits {
        if (connections < 1 || connectionsPerAddress < 1 || wireBuffers < 1 || openFiles < 1) {
            throw new IllegalArgumentException("a limit of the content server is 1 or more");
        }
        if (pipelinedRequests < 1 || pipelinedRequests > MOST_PIPELINED_REQUESTS) {
            throw new IllegalArgumentException("1 to " + MOST_PIPELINED_REQUESTS + " requests may wait");
        }
        if (requestNanos <= 0 || idleNanos <= 0 || drainNanos <= 0 || drainBytesPerSecond < 0 || sendBufferBytes < 0) {
            throw new IllegalArgumentException("a deadline of the content server lies in the future");
        }
    }

    /** The same with other limits on connections. */
    public ContentLimits withConnections(int total, int perAddress) {
        return new ContentLimits(
                total,
                perAddress,
                pipelinedRequests,
                requestNanos,
                idleNanos,
                drainNanos,
                drainBytesPerSecond,
                wireBuffers,
                openFiles,
                sendBufferBytes);
    }

    /** The same with another idle time. */
    public ContentLimits withIdleNanos(long nanos) {
        return new ContentLimits(
                connections,
                connectionsPerAddress,
                pipelinedRequests,
                requestNanos,
                nanos,
                drainNanos,
                drainBytesPerSecond,
                wireBuffers,
                openFiles,
                sendBufferBytes);
    }

    /** The same with other numbers of shared buffers and open files. */
    public ContentLimits withShared(int buffers, int files) {
        return new ContentLimits(
                connections,
                connectionsPerAddress,
                pipelinedRequests,
                requestNanos,
                idleNanos,
                drainNanos,
                drainBytesPerSecond,
                buffers,
                files,
                sendBufferBytes);
    }

    /** The same with another {@code SO_SNDBUF}. */
    public ContentLimits withSendBufferBytes(int bytes) {
        return new ContentLimits(
                connections,
                connectionsPerAddress,
                pipelinedRequests,
                requestNanos,
                idleNanos,
                drainNanos,
                drainBytesPerSecond,
                wireBuffers,
                openFiles,
                bytes);
    }

    SocketSettings socketSettings() {
        return new SocketSettings(sendBufferBytes, 0, SocketSettings.DEFAULT_MAX_QUEUED_BYTES);
    }

    AcceptLimits acceptLimits() {
        return new AcceptLimits(connections, connectionsPerAddress).withinDescriptorLimit();
    }

    /** Bytes that a reader must take in {@link #drainNanos}. */
    long drainBytes() {
        return TimeUnit.NANOSECONDS.toMillis(drainNanos) * drainBytesPerSecond / 1_000;
    }
}
