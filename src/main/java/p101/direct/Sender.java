package p101.direct;

import java.nio.ByteBuffer;

/** What sends a file, in either form: a pure core that is told what came and what time it is. Loop thread. */
interface Sender {
    void start(long nowNanos);

    void onDatagram(ByteBuffer datagram, long nowNanos);

    void onTimer(long nowNanos);

    /** Nanoseconds until {@link #onTimer} is due; 0 = now, {@link FileSender#NO_TIMER} = never. */
    long waitNanos(long nowNanos);

    void cancel();
}
