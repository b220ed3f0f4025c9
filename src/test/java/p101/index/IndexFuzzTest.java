package p101.index;

import static p101.testing.Fuzzing.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import p101.model.Endpoint;
import p101.pdu.Pdu;
import p101.registry.MemoryRegistry;
import p101.registry.RegistryLimits;

/** Whatever comes, from wherever: no failure, nothing but PDUs as answers, and no more bytes back than came without a proof. */
class IndexFuzzTest {
    private static final int PDU_BYTES = 101;
    private static final RegistryLimits SMALL = new RegistryLimits(6, 4, 5, 3, 4);
    private static final Endpoint[] SOURCES = {
        IndexFixture.ALICE,
        IndexFixture.BOB,
        IndexFixture.LOCAL,
        IndexFixture.at("fe80::1", 9),
        IndexFixture.at("0.0.0.0", 9)
    };

    private final IndexFixture index =
            new IndexFixture(new MemoryRegistry(SMALL, 60, 1, p101.model.Randomness.seeded(1)), Optional.empty());

    /** Datagrams one behind the other: a byte for the source, a byte for the length, then the datagram. */
    @FuzzTest
    void raw(byte[] bytes) {
        if (bytes == null) {
            return;
        }
        ByteBuffer input = ByteBuffer.wrap(bytes);
        while (input.remaining() >= 2) {
            Endpoint from = SOURCES[(input.get() & 0xFF) % SOURCES.length];
            int length = Math.min(input.get() & 0xFF, input.remaining());
            byte[] datagram = new byte[length];
            input.get(datagram);
            check(ByteBuffer.wrap(datagram), from, false);
        }
    }

    /** A history of well-formed requests with proofs: six bytes choose kind, source, tx, names, key and time. */
    @FuzzTest
    void typed(byte[] history) {
        if (history == null) {
            return;
        }
        ByteBuffer input = ByteBuffer.wrap(history);
        while (input.remaining() >= 6) {
            int kind = input.get() & 0xFF;
            Endpoint from = SOURCES[(input.get() & 0xFF) % 3];
            int tx = 100 + (input.get() & 0xFF);
            String file = "file" + (input.get() & 7);
            int proof = input.get();
            int cookie = (proof & 3) == 0 ? proof : index.cookie(from);
            index.nowNanos += (input.get() & 0xFF) * 500_000_000L;
            check(IndexFixture.bytes(request(kind, tx, cookie, file)), from, true);
        }
    }

    private static Pdu request(int kind, int tx, int cookie, String file) {
        return switch (kind % 6) {
            case 0 -> IndexFixture.register(tx, cookie, file);
            case 1 -> IndexFixture.register(tx, cookie, "");
            case 2 -> IndexFixture.deregister(tx, cookie, file);
            case 3 -> IndexFixture.deregister(tx, cookie, "");
            case 4 -> IndexFixture.search(tx, file);
            default -> IndexFixture.list(tx, cookie, kind / 6, 0, kind % 2 == 0 ? "" : file);
        };
    }

    private void check(ByteBuffer datagram, Endpoint from, boolean mayBeProved) {
        int length = datagram.remaining();
        List<Pdu> answers = new ArrayList<>();
        index.protocol.handle(
                datagram, from, IndexFixture.INDEX, index.nowNanos, reply -> answers.add(IndexFixture.decode(reply)));
        require(length == PDU_BYTES || answers.isEmpty(), "an answer to what is no PDU");
        require(mayBeProved || answers.size() <= 1, "more than came");
        require(answers.size() <= SMALL.rowsInAll() + 1, "more entries than there can be rows");
        require(index.context.snapshot().failures() == 0, "a failure");
    }
}
