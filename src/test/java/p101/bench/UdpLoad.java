package p101.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;

/**
 * The load generator for both rivals: one thread that sends and receives without ever sleeping, over one connected channel. The
 * four bytes at offset 2 (the tx) number the requests, so that each answer is matched with its request.
 */
final class UdpLoad implements AutoCloseable {
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int PDU_BYTES = 101;
    private static final int TX_OFFSET = 2;
    private static final int COOKIE_OFFSET = 6;
    private static final long LOST_AFTER_NANOS = 200_000_000L;

    private final DatagramChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(PDU_BYTES + 1);
    private final ByteBuffer requests;
    private final int requestCount;
    private int nextTx = (int) (System.currentTimeMillis() / 1000);
    private int cookie;

    /**
     * What one run gave.
     *
     * @param perSecond answers for each second
     * @param answered answers in all
     * @param lost requests without an answer
     * @param refused answers of type E
     */
    record Rate(double perSecond, long answered, long lost, long refused) {}

    /**
     * @param requests PDUs one behind the other, direct; sent over and over with ever new tx
     */
    UdpLoad(int port, ByteBuffer requests) throws IOException {
        this.requests = requests;
        this.requestCount = requests.capacity() / PDU_BYTES;
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
    }

    /** Keeps so many requests outstanding for a while. */
    Rate saturate(int outstanding, long nanos) throws IOException {
        long begin = System.nanoTime();
        long answered = 0;
        long lost = 0;
        long refused = 0;
        int open = 0;
        long lastAnswer = begin;
        while (System.nanoTime() - begin < nanos || open > 0) {
            boolean mayAsk = System.nanoTime() - begin < nanos;
            while (mayAsk && open < outstanding) {
                send();
                open++;
            }
            if (receive()) {
                open--;
                answered++;
                lastAnswer = System.nanoTime();
                if (answer.get(0) == 'E') {
                    refused++;
                }
            } else if (System.nanoTime() - lastAnswer > LOST_AFTER_NANOS) {
                lost += open;
                open = 0;
                lastAnswer = System.nanoTime();
            }
        }
        return new Rate(answered * 1e9 / (System.nanoTime() - begin), answered, lost, refused);
    }

    /** Sends at an even pace and gives the time from when each request was due to its answer, in nanoseconds, sorted. */
    long[] pace(int perSecond, int count) throws IOException {
        long[] latencies = new long[count];
        int first = nextTx;
        int sent = 0;
        int answered = 0;
        long interval = 1_000_000_000L / perSecond;
        long begin = System.nanoTime();
        long lastEvent = begin;
        while (answered < count && System.nanoTime() - lastEvent < LOST_AFTER_NANOS) {
            long now = System.nanoTime();
            if (sent < count && now - (begin + sent * interval) >= 0) {
                send();
                sent++;
                lastEvent = now;
            }
            if (receive()) {
                lastEvent = System.nanoTime();
                int number = answer.getInt(TX_OFFSET) - first;
                if (number >= 0 && number < count) {
                    latencies[answered] = lastEvent - (begin + number * interval);
                    answered++;
                }
            }
        }
        long[] sorted = Arrays.copyOf(latencies, answered);
        Arrays.sort(sorted);
        return sorted;
    }

    private void send() throws IOException {
        int at = Math.floorMod(nextTx, requestCount) * PDU_BYTES;
        requests.limit(at + PDU_BYTES).position(at);
        requests.putInt(at + TX_OFFSET, nextTx);
        requests.putInt(at + COOKIE_OFFSET, cookie);
        nextTx++;
        while (channel.write(requests) == 0) {
            Thread.onSpinWait();
        }
    }

    private boolean receive() throws IOException {
        answer.clear();
        return channel.read(answer) == PDU_BYTES;
    }

    /** Sends one request after the other until an answer brought a cookie, which all requests carry from then on. */
    void fetchCookie() throws IOException {
        long end = System.nanoTime() + 10 * LOST_AFTER_NANOS;
        send();
        while (cookie == 0 && System.nanoTime() - end < 0) {
            if (receive()) {
                cookie = answer.getInt(COOKIE_OFFSET);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
