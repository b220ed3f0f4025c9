package p101.index;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.index.IndexFixture.ALICE;
import static p101.index.IndexFixture.at;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import p101.model.Endpoint;
import p101.pdu.Pdu;

/** What an index must never be made: an amplifier, or one side of an endless exchange. spec/PDU.md, sections 7.1 and 7.3. */
class ReflectionTest {
    private static final int PDU_BYTES = 101;
    private static final int LONGEST = 1_472;
    private static final byte REQUEST = 1;

    private final IndexFixture index = new IndexFixture();

    private void share(int files) {
        int cookie = index.cookie(ALICE);
        for (int i = 0; i < files; i++) {
            index.send(ALICE, IndexFixture.register(100 + i, cookie, "file" + i));
        }
    }

    @Test
    void onlyPdusAreAnsweredAndNothingGivesMoreBytesThanItBrought() {
        share(200);
        SplittableRandom random = new SplittableRandom(5);
        byte[] noise = new byte[LONGEST];
        for (int length = 0; length <= LONGEST; length++) {
            for (int type = 0; type < 256; type += length == PDU_BYTES ? 1 : 15) {
                random.nextBytes(noise);
                noise[0] = (byte) type;
                noise[1] = random.nextBoolean() ? REQUEST : noise[1];
                List<Integer> sizes = reply(ByteBuffer.wrap(noise, 0, length), at("10.9.8.7", 4));
                int bytes = sizes.stream().mapToInt(Integer::intValue).sum();
                if (bytes > (length == PDU_BYTES ? PDU_BYTES : 0)) {
                    assertThat(bytes).as("length %d, type %d", length, type).isZero();
                }
            }
        }
    }

    @Test
    void anAddressThatProvedNothingGetsItsOwnBytesBackAtMost() {
        share(200);
        SplittableRandom random = new SplittableRandom(6);
        Map<Endpoint, Integer> balance = new HashMap<>();
        for (int i = 0; i < 40_000; i++) {
            Endpoint forged = at("10.1." + random.nextInt(4) + "." + (1 + random.nextInt(50)), 1 + random.nextInt(3));
            ByteBuffer bytes = IndexFixture.bytes(anyRequest(random));
            int out = reply(bytes, forged).stream().mapToInt(Integer::intValue).sum();
            balance.merge(forged, PDU_BYTES - out, Integer::sum);
            index.nowNanos += random.nextInt(20_000_000);
        }
        assertThat(balance.values()).allMatch(left -> left >= 0);
    }

    private static Pdu anyRequest(SplittableRandom random) {
        int cookie = random.nextInt(3) == 0 ? 0 : random.nextInt();
        return switch (random.nextInt(4)) {
            case 0 -> IndexFixture.register(random.nextInt(), cookie, "file" + random.nextInt(300));
            case 1 -> IndexFixture.deregister(random.nextInt(), cookie, random.nextBoolean() ? "" : "file1");
            case 2 -> IndexFixture.search(random.nextInt(), "file" + random.nextInt(300));
            default -> IndexFixture.list(random.nextInt(), cookie, random.nextInt(256), 0, "");
        };
    }

    private List<Integer> reply(ByteBuffer request, Endpoint from) {
        List<Integer> sizes = new ArrayList<>();
        index.protocol.handle(request, from, IndexFixture.INDEX, index.nowNanos, reply -> sizes.add(reply.remaining()));
        return sizes;
    }

    /** Every first datagram, any type and answer bit, forged to come from one index and sent to another: one answer at most, ever. */
    @Test
    void twoIndexesDoNotTalkForEver() {
        Endpoint other = at("10.0.0.200", 60_000);
        for (int type = 0; type < 256; type++) {
            for (int version : new int[] {0x01, 0x81}) {
                IndexFixture here = new IndexFixture();
                IndexFixture there = new IndexFixture();
                there.asked = other;
                byte[] forged = new byte[PDU_BYTES];
                forged[0] = (byte) type;
                forged[1] = (byte) version;
                assertThat(datagramsAfter(forged, here, there, other))
                        .as("type %d version %x", type, version)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    private static int datagramsAfter(byte[] forged, IndexFixture here, IndexFixture there, Endpoint other) {
        Deque<byte[]> underWay = new ArrayDeque<>();
        underWay.add(forged);
        int sent = 0;
        boolean atHere = true;
        while (!underWay.isEmpty() && sent < 10) {
            IndexFixture receiver = atHere ? here : there;
            Endpoint from = atHere ? other : IndexFixture.INDEX;
            ByteBuffer datagram = ByteBuffer.wrap(underWay.poll());
            receiver.protocol.handle(datagram, from, receiver.asked, 0, reply -> underWay.add(copy(reply)));
            sent += underWay.size();
            atHere = !atHere;
        }
        return sent;
    }

    private static byte[] copy(ByteBuffer reply) {
        byte[] bytes = new byte[reply.remaining()];
        reply.get(bytes);
        return bytes;
    }
}
