package p101.overlay;

import java.util.ArrayDeque;

/**
 * The packets that wait for one neighbour: the next is sent when the last has its ACK, since others take what comes in one
 * piece for one packet. Pure; one thread. spec/OVERLAY.md, section 4.
 */
final class Outbox {
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    /** ACKs that the packet under way has still to get; 0 = none is under way. */
    private int acksAwaited;
    /** Whether one of them has come. */
    private boolean acknowledged;

    private long changedNanos;

    /** Takes a packet; {@code false} when too much waits already. */
    boolean offer(byte[] packet) {
        if (waiting.size() >= OverlayLimits.QUEUED_PACKETS
                || waitingBytes + packet.length > OverlayLimits.QUEUED_BYTES) {
            return false;
        }
        waiting.add(packet);
        waitingBytes += packet.length;
        return true;
    }

    /** The packet to send now; {@code null} when there is none, or the last has not got its ACK. */
    byte[] next(long nowNanos) {
        if (acksAwaited > 0 && acknowledged && nowNanos - changedNanos >= OverlayTimes.PIECES_NANOS) {
            acksAwaited = 0;
        }
        if (acksAwaited > 0 || waiting.isEmpty()) {
            return null;
        }
        byte[] packet = waiting.poll();
        waitingBytes -= packet.length;
        // Who receives a long packet in pieces answers each of them; who puts it together answers once.
        acksAwaited = 1 + (packet.length - 1) / OverlayLimits.PIECE_BYTES;
        acknowledged = false;
        changedNanos = nowNanos;
        return packet;
    }

    /** An ACK came; one that nobody waits for does not count. */
    void onAck(long nowNanos) {
        if (acksAwaited > 0) {
            acksAwaited--;
            acknowledged = true;
            changedNanos = nowNanos;
        }
    }

    int waitingPackets() {
        return waiting.size();
    }

    /** Whether the neighbour has let us wait for too long. */
    boolean isOverdue(long nowNanos) {
        return acksAwaited > 0 && !acknowledged && nowNanos - changedNanos >= OverlayTimes.ACK_NANOS;
    }

    /** Whether a packet waits, or has had no ACK at all. */
    boolean isUnsent() {
        return !waiting.isEmpty() || acksAwaited > 0 && !acknowledged;
    }

    /** Whether a packet waits for nothing but the silence after a long one. */
    boolean isPausing() {
        return acksAwaited > 0 && acknowledged && !waiting.isEmpty();
    }
}
