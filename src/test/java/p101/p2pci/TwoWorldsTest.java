package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.index.IndexContext;
import p101.index.IndexProtocol;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.pdu.Channel;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;
import p101.pdu.RowFlags;
import p101.registry.MemoryRegistry;

/**
 * The same random operations, played through PDUs on one index, through P2P-CI on another and through both on a third, must
 * look the same through either protocol on all.
 */
class TwoWorldsTest {
    private static final int PEERS = 6;
    private static final int NUMBERS = 9;
    private static final int OPERATIONS = 300;
    private static final InetAddress ASKER = address(99);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void bothDoorsShowTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        World byPdu = new World();
        World byText = new World();
        World byBoth = new World();
        for (int i = 0; i < OPERATIONS; i++) {
            int peer = random.nextInt(PEERS);
            int number = random.nextInt(NUMBERS);
            if (random.nextInt(6) == 0) {
                byPdu.leaveByPdu(peer);
                boolean politely = random.nextBoolean();
                byText.leaveByText(peer, politely);
                byBoth.leave(peer, politely);
            } else {
                byPdu.shareByPdu(peer, number);
                byText.shareByText(peer, number);
                byBoth.share(peer, number);
            }
            String step = "seed " + seed + ", operation " + i;
            for (World other : List.of(byText, byBoth)) {
                assertThat(other.listedByPdu()).as(step).isEqualTo(byPdu.listedByPdu());
                assertThat(other.listedByText()).as(step).isEqualTo(byPdu.listedByText());
                assertThat(other.foundByPdu(number)).as(step).isEqualTo(byPdu.foundByPdu(number));
                assertThat(other.foundByText(number)).as(step).isEqualTo(byPdu.foundByText(number));
            }
            assertThat(new TreeSet<>(byPdu.foundByText(number)))
                    .as(step)
                    .isEqualTo(new TreeSet<>(byPdu.foundByPdu(number)));
        }
    }

    @Test
    void bothSpeakToOneIndexAtOnce() {
        World world = new World();
        world.shareByPdu(1, 5);
        world.shareByText(2, 5);
        assertThat(world.foundByPdu(5)).containsExactly("10.0.0.2:6002", "10.0.0.1:6001");
        assertThat(world.foundByText(5)).containsExactly("10.0.0.2:6002", "10.0.0.1:6001");
        assertThat(world.flagsByPdu()).containsExactly(0, RowFlags.P2PCI_GET);
        world.leaveByText(2, false);
        assertThat(world.foundByText(5)).containsExactly("10.0.0.1:6001");
    }

    private static InetAddress address(int peer) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) peer});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** An index with both doors. */
    private static final class World {
        private final MemoryRegistry registry = Shares.registry();
        private final IndexProtocol protocol =
                new IndexProtocol(new IndexContext(registry, 0, Optional.empty(), Optional.empty()));
        private final Door door = new Door(registry, DoorLimits.DEFAULT, Optional.empty(), Randomness.seeded(3));
        private final Map<Integer, Visit> visits = new HashMap<>();
        private final Visit reader = door.enter(ASKER, address(100));
        private int tx = 1_000_000_000;
        private long nowNanos;

        /** Every second peer speaks the other protocol. */
        void share(int peer, int number) {
            if (peer % 2 == 0) {
                shareByPdu(peer, number);
            } else {
                shareByText(peer, number);
            }
        }

        void leave(int peer, boolean politely) {
            if (peer % 2 == 0) {
                leaveByPdu(peer);
            } else {
                leaveByText(peer, politely);
            }
        }

        void shareByPdu(int peer, int number) {
            int cookie = ((Pdu.Refused) ask(peer, register(peer, number, 0)).get(0)).cookie();
            assertThat(ask(peer, register(peer, number, cookie))).hasOnlyElementsOfType(Pdu.Accepted.class);
        }

        private Pdu register(int peer, int number, int cookie) {
            return new Pdu.Register(
                    ++tx,
                    cookie,
                    1_000 + peer,
                    0,
                    6_000 + peer,
                    10,
                    new ContentId(number + 1),
                    PeerName.of("peer" + peer),
                    new RfcNumber(number).fileName());
        }

        void leaveByPdu(int peer) {
            int cookie = ((Pdu.Refused) ask(peer, register(peer, 0, 0)).get(0)).cookie();
            Pdu leave = new Pdu.Deregister(
                    ++tx,
                    cookie,
                    1_000 + peer,
                    0,
                    6_000 + peer,
                    0,
                    ContentId.NONE,
                    PeerName.of("peer" + peer),
                    FileName.NONE);
            assertThat(ask(peer, leave)).hasOnlyElementsOfType(Pdu.Accepted.class);
        }

        void shareByText(int peer, int number) {
            Visit visit = visits.computeIfAbsent(peer, absent -> door.enter(address(peer), address(100)));
            String request = "ADD RFC " + number + " P2P-CI/1.0\nHost: 10.0.0." + peer + "\nPort: " + (6_000 + peer)
                    + "\nTitle: rfc" + number + ".txt\n\n";
            assertThat(say(visit, request)).startsWith("P2P-CI/1.0 200 OK\n");
        }

        void leaveByText(int peer, boolean politely) {
            Visit visit = visits.get(peer);
            if (visit != null && politely) {
                assertThat(say(visit, "LEAVE P2P-CI/1.0\n\n")).isEqualTo("P2P-CI/1.0 200 OK\n\n");
            } else if (visit != null) {
                visit.leave(nowNanos);
                visits.remove(peer);
            }
        }

        List<String> listedByText() {
            return rows("LIST ALL P2P-CI/1.0\n\n");
        }

        /** Address and port of each, in the order of the answer. */
        List<String> foundByText(int number) {
            List<String> places = new ArrayList<>();
            for (String line : rows("LOOKUP RFC " + number + " P2P-CI/1.0\n\n")) {
                Row row = Row.parse(line).orElseThrow();
                places.add(row.holder().host() + ":" + row.holder().port());
            }
            return places;
        }

        private List<String> rows(String request) {
            String answer = say(reader, request);
            List<String> lines = answer.lines().filter(line -> !line.isEmpty()).toList();
            assertThat(lines.get(0)).isEqualTo(lines.size() > 1 ? Status.OK.line() : Status.NOT_FOUND.line());
            return lines.subList(1, lines.size());
        }

        /** Name by name, in the order of the list. */
        List<String> listedByPdu() {
            return entries().stream().map(entry -> entry.file().value()).toList();
        }

        List<Integer> flagsByPdu() {
            return entries().stream().map(Pdu.Entry::rowFlags).toList();
        }

        private List<Pdu.Entry> entries() {
            int cookie =
                    ((Pdu.Entry) ask(99, new Pdu.ListRequest(++tx, 0, 0, 0, "")).get(0)).cookie();
            List<Pdu.Entry> entries = new ArrayList<>();
            for (Pdu pdu : ask(99, new Pdu.ListRequest(++tx, cookie, 0, 0, ""))) {
                Pdu.Entry entry = (Pdu.Entry) pdu;
                if (!entry.file().isNone()) {
                    entries.add(entry);
                }
            }
            return entries;
        }

        List<String> foundByPdu(int number) {
            List<String> places = new ArrayList<>();
            long beforeId = 0;
            while (true) {
                Pdu answer = ask(
                                99,
                                new Pdu.Search(
                                        ++tx,
                                        0,
                                        false,
                                        beforeId,
                                        ContentId.NONE,
                                        PeerName.NONE,
                                        new RfcNumber(number).fileName()))
                        .get(0);
                if (!(answer instanceof Pdu.Found found)) {
                    return places;
                }
                places.add(found.address().getHostAddress() + ":" + found.tcpPort());
                beforeId = found.id();
            }
        }

        private List<Pdu> ask(int peer, Pdu request) {
            ByteBuffer bytes = ByteBuffer.allocate(101);
            PduCodec.encode(request, bytes);
            List<Pdu> answers = new ArrayList<>();
            protocol.handle(
                    bytes.flip(),
                    new Endpoint(address(peer), 5_000),
                    new Endpoint(address(100), 60_000),
                    nowNanos,
                    reply -> answers.add(decode(reply)));
            return answers;
        }

        private static Pdu decode(ByteBuffer reply) {
            try {
                return PduCodec.decode(Channel.FROM_INDEX, reply);
            } catch (PduException e) {
                throw new AssertionError(e);
            }
        }

        private String say(Visit visit, String request) {
            RequestParser parser = new RequestParser();
            ByteBuffer in = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            StringBuilder answer = new StringBuilder();
            visit.handle(parser.next(in, nowNanos), nowNanos, reply -> Replies.collect(reply, nowNanos, answer));
            return answer.toString();
        }
    }
}
