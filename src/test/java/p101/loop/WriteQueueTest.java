package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    @Test
    void keepsTheOrderWhateverTheChannelTakes() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            WriteQueue queue = new WriteQueue(5_000);
            ByteArrayOutputStream put = new ByteArrayOutputStream();
            ShortChannel channel = new ShortChannel(random);
            for (int round = 0; round < 500; round++) {
                byte[] bytes = new byte[random.nextInt(700)];
                random.nextBytes(bytes);
                if (queue.add(ByteBuffer.wrap(bytes))) {
                    put.writeBytes(bytes);
                }
                queue.flush(channel);
                assertThat(queue.size()).isEqualTo(put.size() - channel.taken.size());
            }
            while (!queue.isEmpty()) {
                queue.flush(channel);
            }
            assertThat(channel.taken.toByteArray()).as("seed %d", seed).isEqualTo(put.toByteArray());
        }
    }

    @Test
    void takesAllOrNothingAtItsLimit() {
        WriteQueue queue = new WriteQueue(10);
        ByteBuffer six = ByteBuffer.allocate(6);
        ByteBuffer five = ByteBuffer.allocate(5);

        assertThat(queue.add(six)).isTrue();
        assertThat(queue.add(five)).isFalse();
        assertThat(five.remaining()).isEqualTo(5);
        assertThat(queue.add(ByteBuffer.allocate(4))).isTrue();
        assertThat(queue.size()).isEqualTo(10);
    }

    @Test
    void isEmptyAgainAfterItsLastByte() throws IOException {
        WriteQueue queue = new WriteQueue(10);
        assertThat(queue.add(ByteBuffer.allocate(0))).isTrue();
        assertThat(queue.isEmpty()).isTrue();
        queue.add(ByteBuffer.allocate(10));
        while (!queue.isEmpty()) {
            queue.flush(new ShortChannel(new Random(1)));
        }
        assertThat(queue.size()).isZero();
        assertThat(queue.add(ByteBuffer.allocate(10))).isTrue();
    }

    /** Takes between none and 400 bytes of each write. */
    private static final class ShortChannel implements WritableByteChannel {
        private final Random random;
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        ShortChannel(Random random) {
            this.random = random;
        }

        @Override
        public int write(ByteBuffer source) {
            int count = Math.min(source.remaining(), random.nextInt(401));
            for (int i = 0; i < count; i++) {
                taken.write(source.get());
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
