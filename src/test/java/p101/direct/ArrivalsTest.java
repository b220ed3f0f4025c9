package p101.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a receiver counts as here, above all when an earlier attempt left much of a large file. */
class ArrivalsTest {
    private static final int CHUNK = 1_200;
    private static final long PIECE = 1L << 18;
    private static final long SIZE = 8L << 30;

    private final Disk disk = new Disk();
    private int asked;

    private static final class Disk implements IncomingFile {
        private int room = 1 << 20;
        private long written;

        @Override
        public void begin(ByteBuffer manifest, Events events) {
            throw new AssertionError("that is the transfer's to do");
        }

        @Override
        public int room() {
            return room;
        }

        @Override
        public void write(long offset, ByteBuffer content) {
            written += content.remaining();
        }

        @Override
        public void finish() {
            throw new AssertionError("that is the transfer's to do");
        }

        @Override
        public void close() {
            throw new AssertionError("that is the transfer's to do");
        }
    }

    /** Every piece is held but those of which one in so many is missing. */
    private HeldContent allBut(int oneIn) {
        long missing = (SIZE / PIECE + oneIn - 1) / oneIn;
        return new HeldContent() {
            @Override
            public long endOfRun(long offset) {
                asked++;
                long piece = offset / PIECE;
                if (piece % oneIn == 0) {
                    return offset;
                }
                return Math.min(SIZE, (piece / oneIn + 1) * oneIn * PIECE);
            }

            @Override
            public long bytes() {
                return SIZE - missing * PIECE;
            }
        };
    }

    private static DirectDatagram.Data data(int number, int chunk, int length) {
        return new DirectDatagram.Data(1, number, chunk, ByteBuffer.allocate(length));
    }

    private Arrivals arrivals() {
        Arrivals arrivals = new Arrivals(new ChunkPlan(40, SIZE, CHUNK), disk, 1 << 20);
        assertThat(arrivals.onData(data(1, 0, 40), false, 0)).isNotEqualTo(Arrivals.Outcome.DROPPED);
        assertThat(arrivals.takeManifest()).isNotNull();
        assertThat(arrivals.takeManifest()).as("once").isNull();
        return arrivals;
    }

    @Test
    void resumingALargeFileTakesNoLongerThanALookAtTheHorizon() {
        for (int oneIn : new int[] {2, 3, 1_000, 40_000}) {
            asked = 0;
            Arrivals arrivals = arrivals();
            arrivals.onOpened(allBut(oneIn));
            assertThat(asked).as("questions about what is held").isLessThan(2 * DirectLimits.HORIZON_CHUNKS);
            assertThat(arrivals.doneBytes()).isEqualTo(allBut(oneIn).bytes());
            assertThat(arrivals.isComplete()).isFalse();
        }
    }

    @Test
    void whatIsHeldAndWhatComesMakeTheWhole() {
        Arrivals arrivals = arrivals();
        arrivals.onOpened(allBut(40_000));
        long chunksOfAPiece = (PIECE + CHUNK - 1) / CHUNK;
        for (int chunk = 1; chunk <= chunksOfAPiece; chunk++) {
            assertThat(arrivals.isComplete()).isFalse();
            assertThat(arrivals.onData(data(chunk + 1, chunk, CHUNK), true, 0)).isNotEqualTo(Arrivals.Outcome.DROPPED);
        }
        assertThat(arrivals.isComplete()).isTrue();
        assertThat(disk.written).isEqualTo(chunksOfAPiece * CHUNK);
        assertThat(arrivals.doneBytes()).as("never more than all").isEqualTo(SIZE);
    }

    @Test
    void contentIsTakenOnlyWhenTheFileIsOpenAndThereIsRoom() {
        Arrivals arrivals = arrivals();
        assertThat(arrivals.onData(data(2, 1, CHUNK), false, 0)).isEqualTo(Arrivals.Outcome.DROPPED);
        arrivals.onOpened(HeldContent.NONE);
        disk.room = CHUNK - 1;
        assertThat(arrivals.onData(data(3, 1, CHUNK), true, 0)).isEqualTo(Arrivals.Outcome.DROPPED);
        disk.room = 3 * CHUNK;
        int limit = arrivals.limit();
        assertThat(arrivals.onData(data(4, 1, CHUNK), true, 0)).isEqualTo(Arrivals.Outcome.HERE);
        assertThat(arrivals.onData(data(5, 1, CHUNK - 1), true, 0)).isEqualTo(Arrivals.Outcome.DROPPED);
        assertThat(arrivals.onData(data(6, 3, CHUNK), true, 0))
                .as("chunk 2 is missing")
                .isEqualTo(Arrivals.Outcome.HERE_SAY_SO);
        assertThat(arrivals.limit()).isGreaterThanOrEqualTo(limit);
        assertThat(disk.written).isEqualTo(2 * CHUNK);
    }
}
