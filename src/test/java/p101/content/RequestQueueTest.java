package p101.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestQueueTest {
    @Test
    void givesTheRequestsThatWentInWhateverPiecesTheyCameIn() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            byte[] stream = MemoryFile.pattern(101 * 300);
            RequestQueue queue = new RequestQueue(7);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int at = 0;
            while (out.size() < stream.length) {
                int room = Math.min(RequestQueue.maxBytes(7) - queue.size(), stream.length - at);
                int count = room == 0 ? 0 : random.nextInt(room + 1);
                queue.add(ByteBuffer.wrap(stream, at, count));
                at += count;
                assertThat(queue.size()).isEqualTo(at - out.size());
                assertThat(queue.endsInTheMiddle()).isEqualTo(at % 101 != 0);
                for (int left = random.nextInt(3); left > 0 && queue.requests() > 0; left--) {
                    assertThat(queue.nextType()).isEqualTo(stream[out.size()]);
                    byte[] request = new byte[101];
                    queue.take().get(request);
                    out.writeBytes(request);
                }
            }
            assertThat(Arrays.equals(out.toByteArray(), stream))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void refusesMoreThanItHasRoomFor() {
        RequestQueue queue = new RequestQueue(2);
        queue.add(ByteBuffer.allocate(202));
        assertThatThrownBy(() -> queue.add(ByteBuffer.allocate(1))).isInstanceOf(IllegalStateException.class);
        queue.take();
        queue.add(ByteBuffer.allocate(101));
        assertThat(queue.requests()).isEqualTo(2);
    }
}
