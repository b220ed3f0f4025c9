package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox();
    private long now;

    @Test
    void onePacketAtATime() {
        outbox.offer(new byte[1]);
        outbox.offer(new byte[2]);
        assertThat(outbox.next(now)).hasSize(1);
        assertThat(outbox.next(now)).isNull();
        outbox.onAck(now);
        assertThat(outbox.next(now)).hasSize(2);
        outbox.onAck(now);
        assertThat(outbox.isUnsent()).isFalse();
        assertThat(outbox.next(now)).isNull();
    }

    @Test
    void anAckTooManyDoesNotCountForTheNextPacket() {
        outbox.onAck(now);
        outbox.offer(new byte[1]);
        outbox.offer(new byte[2]);
        assertThat(outbox.next(now)).hasSize(1);
        assertThat(outbox.next(now)).isNull();
    }

    @Test
    void withoutAnAckTheNeighbourIsOverdue() {
        outbox.offer(new byte[1]);
        outbox.next(now);
        now += OverlayTimes.ACK_NANOS - 1;
        assertThat(outbox.isOverdue(now)).isFalse();
        now++;
        assertThat(outbox.isOverdue(now)).isTrue();
    }

    @Test
    void aLongPacketMayBeAnsweredPieceByPieceOrOnce() {
        outbox.offer(new byte[5_000]);
        outbox.offer(new byte[1]);
        outbox.offer(new byte[2]);
        outbox.next(now);
        outbox.onAck(now);
        assertThat(outbox.next(now)).isNull();
        assertThat(outbox.isPausing()).isTrue();
        outbox.onAck(now);
        outbox.onAck(now);
        assertThat(outbox.next(now)).hasSize(1);
        outbox.onAck(now);
        outbox.offer(new byte[5_000]);
        assertThat(outbox.next(now)).hasSize(2);
        outbox.onAck(now);
        outbox.next(now);
        outbox.offer(new byte[3]);
        outbox.onAck(now);
        now += OverlayTimes.PIECES_NANOS;
        assertThat(outbox.next(now)).hasSize(3);
    }

    @Test
    void theQueueIsBoundedInPacketsAndBytes() {
        int taken = 0;
        while (outbox.offer(new byte[28])) {
            taken++;
        }
        assertThat(taken).isEqualTo(OverlayLimits.QUEUED_PACKETS);
        Outbox other = new Outbox();
        int bytes = 0;
        while (other.offer(new byte[100_000])) {
            bytes += 100_000;
        }
        assertThat(bytes).isLessThanOrEqualTo(OverlayLimits.QUEUED_BYTES).isGreaterThan(900_000);
    }
}
