package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import p101.loop.LoopCounter;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.MemoryRegistry;
import p101.registry.Outcome;
import p101.registry.Registration;
import p101.testing.LoopRig;
import p101.testing.PlainSocket;

/** The P2P-CI port under load, at its limits, and with programs that behave badly. */
class P2pciServerTest {
    private static final String LIST = "LIST ALL P2P-CI/1.0\n\n";

    private final LoopRig rig = new LoopRig();
    private final MemoryRegistry registry = Shares.registry();
    private P2pciServer server;
    private InetSocketAddress address;

    @AfterEach
    void stop() {
        server.close();
        rig.close();
    }

    @Test
    void aLongListIsStreamedWithoutStallingTheOthers() throws IOException {
        start(DoorLimits.DEFAULT);
        int rows = 100_000;
        share(rows);
        PlainSocket reader = connect();
        PlainSocket other = connect();
        reader.send(LIST);
        int answersMeanwhile = 0;
        int longestTurnBytes = 0;
        int seen = 0;
        while (!registryIsListed(reader, rows)) {
            other.send("LOOKUP RFC 5 P2P-CI/1.0\n\n");
            assertThat(other.receive(1)).isEqualTo("P2P-CI/1.0 200 OK\nRFC 5 rfc5.txt 10.1.2.3 6010\n\n");
            answersMeanwhile++;
            longestTurnBytes = Math.max(longestTurnBytes, reader.received() - seen);
            seen = reader.received();
        }
        String list = reader.receive(1);
        assertThat(list.lines().count()).isEqualTo(rows + 2L);
        assertThat(list).startsWith("P2P-CI/1.0 200 OK\nRFC 1 rfc1.txt").endsWith("6010\n\n");
        assertThat(answersMeanwhile).isGreaterThan(10);
        assertThat(longestTurnBytes).isLessThan(list.length() / 10);
    }

    @Test
    void aShortAnswerIsOneWrite() throws IOException {
        start(DoorLimits.DEFAULT);
        share(100);
        PlainSocket reader = connect();
        reader.send(LIST);
        int once = reader.received();
        rig.turn();
        assertThat(reader.receive(once)).hasSize(once).endsWith("\n\n");
    }

    @Test
    void whoDoesNotReadGetsNoMoreAndIsGivenUp() throws IOException {
        start(DoorLimits.DEFAULT);
        share(100_000);
        PlainSocket lazy = connect();
        // More than the system's buffers on both sides take.
        lazy.send(LIST.repeat(8));
        long sent = -1;
        while (sent != rig.loop.counters().get(LoopCounter.BYTES_OUT)) {
            sent = rig.loop.counters().get(LoopCounter.BYTES_OUT);
            rig.turn();
        }
        PlainSocket other = connect();
        other.send(LIST.replace("LIST ALL", "LOOKUP RFC 1"));
        assertThat(other.receive(1)).startsWith("P2P-CI/1.0 200 OK");
        rig.move(DoorConnection.STALL_NANOS);
        rig.move(DoorConnection.STALL_NANOS);
        assertThat(server.counters().stalls()).isOne();
        assertThat(server.counters().connections()).isOne();
    }

    @Test
    void requestsThatComeWhileAListIsSentAreAnsweredAfterIt() throws IOException {
        start(DoorLimits.DEFAULT);
        share(3_000);
        PlainSocket program = connect();
        program.write(
                bytes(LIST + "LOOKUP RFC 999999 P2P-CI/1.0\nHost: h\n\n" + LIST + "LOOKUP RFC 1 P2P-CI/1.0\nEND\n"));
        rig.until("all answers", () -> program.received() > 2 * 3_000 * 30);
        rig.turn();
        List<String> lines = program.receive(1).lines().toList();
        assertThat(lines).hasSize(2 * 3_002 + 2 + 3);
        assertThat(lines.get(3_002)).isEqualTo("P2P-CI/1.0 404 Not Found");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("END");
    }

    @Test
    void manyPipelinedRequestsWithoutReadingCostBoundedMemory() throws IOException {
        start(DoorLimits.DEFAULT);
        share(50);
        PlainSocket program = connect();
        ByteBuffer flood = bytes(LIST.repeat(1_000_000));
        long before = -1;
        while (before != rig.loop.counters().get(LoopCounter.BYTES_IN)) {
            before = rig.loop.counters().get(LoopCounter.BYTES_IN);
            program.write(flood);
            rig.turn();
        }
        // The socket buffers are full, and the server has stopped reading although there is more.
        assertThat(flood.hasRemaining()).isTrue();
        assertThat(rig.loop.counters().get(LoopCounter.BYTES_IN)).isLessThan(4_000_000);
        rig.until("the rest", () -> {
            program.write(flood);
            return program.received() > 5_000_000;
        });
    }

    @Test
    void anEndlessRequestIsGivenUp() throws IOException {
        start(DoorLimits.DEFAULT);
        PlainSocket program = connect();
        ByteBuffer endless = ByteBuffer.wrap(new byte[65_536]);
        rig.until("the end", () -> {
            try {
                program.write(endless.rewind());
            } catch (RuntimeException resetByServer) {
                return true;
            }
            return program.isEnded();
        });
        assertThat(server.counters().floods()).isOne();
    }

    @Test
    void aConnectionAboveTheLimitIsTurnedAway() throws IOException {
        start(new DoorLimits(2, 2, 1, 1_000, 1_000, 1_000));
        connect();
        connect();
        PlainSocket third = rig.connectUnaccepted(address);
        third.awaitEnd();
        assertThat(third.receive(1)).isEqualTo("P2P-CI/1.0 400 Bad Request\r\n");
        assertThat(server.counters().connections()).isEqualTo(2);
        assertThat(server.counters().turnedAway()).isOne();
    }

    @Test
    void theLimitOfConnectionsHoldsForAllAddressesTogether() throws IOException {
        start(new DoorLimits(2, 2, 1, 1_000, 1_000, 1_000));
        InetSocketAddress second = server.listen(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
        connect();
        rig.connect(second);
        rig.connectUnaccepted(second).awaitEnd();
        rig.connectUnaccepted(address).awaitEnd();
        assertThat(server.counters().connections()).isEqualTo(2);
        assertThat(server.counters().turnedAway()).isEqualTo(2);
    }

    @Test
    void aProgramThatComesAgainOverAnotherAddressKeepsItsRows() throws IOException {
        start(DoorLimits.DEFAULT);
        InetSocketAddress second = server.listen(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
        PlainSocket before = connect();
        assertThat(add(before, 1, 6001, "t")).isEqualTo(200);
        PlainSocket after = rig.connect(second);
        assertThat(add(after, 1, 6001, "t")).isEqualTo(200);
        assertThat(rows()).hasSize(1);
        before.close();
        rig.until("the old connection to be gone", () -> server.counters().connections() == 1);
        assertThat(rows()).hasSize(1);
        after.close();
        rig.until("the row to go", () -> rows().isEmpty());
    }

    /** The probes themselves are the system's: in /proc each socket shows the timer that runs for it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anIdleConnectionIsProbedByTheSystem() throws IOException {
        start(DoorLimits.DEFAULT);
        PlainSocket program = connect();
        assertThat(add(program, 1, 6001, "t")).isEqualTo(200);
        String ports = String.format(":%04X .*:%04X 01 ", address.getPort(), program.localPort());
        String keepAlive = " 02:([0-9A-F]{8}) ";
        List<String> sockets = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            sockets.addAll(Files.readAllLines(Path.of(table)));
        }
        Matcher socket = sockets.stream()
                .map(Pattern.compile(ports + ".*" + keepAlive)::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElseThrow();
        // In hundredths of a second, whatever the clock of the kernel is.
        assertThat(Integer.parseInt(socket.group(1), 16)).isBetween(2_000, 3_000);
    }

    @Test
    void ofAllThatIsUnfinishedOnlySoMuchIsHeld() throws IOException {
        start(new DoorLimits(10, 10, 2, 1_000, 1_000, 4_000));
        String half = "ADD RFC 1 P2P-CI/1.0\nHost: h\nX: " + "x".repeat(3_000);
        PlainSocket first = connect();
        PlainSocket second = connect();
        first.send(half);
        second.send(half);
        assertThat(server.counters().crowded()).isOne();
        assertThat(add(connect(), 2, 6001, "small")).as("a small request").isEqualTo(200);
        String rest = "\nPort: 1\nTitle: t\n\n";
        second.send(rest);
        assertThat(second.receive(1)).isEqualTo("P2P-CI/1.0 400 Bad Request\n\n");
        first.send(rest);
        assertThat(first.receive(1)).startsWith("P2P-CI/1.0 200 OK\n");
        second.send(half + rest);
        assertThat(second.receive(1)).as("when there is room").startsWith("P2P-CI/1.0 200 OK\n");
        first.send(half);
        first.close();
        rig.until("the first to be gone", () -> server.counters().connections() == 2);
        second.send(half + rest);
        assertThat(second.receive(1)).as("after the other left").startsWith("P2P-CI/1.0 200 OK\n");
        assertThat(server.counters().crowded()).isOne();
    }

    @Test
    void portsAndTextOfAConnectionAreLimited() throws IOException {
        start(new DoorLimits(10, 10, 2, 110, 150, 1_000));
        PlainSocket program = connect();
        assertThat(add(program, 1, 6001, "t".repeat(40))).isEqualTo(200);
        assertThat(add(program, 2, 6002, "t".repeat(40))).isEqualTo(200);
        assertThat(add(program, 3, 6003, "t")).as("a third port").isEqualTo(400);
        assertThat(add(program, 4, 6001, "t".repeat(40))).as("too much text").isEqualTo(400);
        assertThat(add(program, 1, 6001, "t".repeat(10))).as("a known row").isEqualTo(200);
        PlainSocket other = connect();
        assertThat(add(other, 5, 6001, "t".repeat(80)))
                .as("too much text in all")
                .isEqualTo(400);
        program.send("LEAVE P2P-CI/1.0\n\n");
        assertThat(program.receive(1)).startsWith("P2P-CI/1.0 200");
        assertThat(add(other, 5, 6001, "t".repeat(80)))
                .as("after the other left")
                .isEqualTo(200);
    }

    @Test
    void rowsAppearInTheRegistryWithTheWayToFetchThemAndGoWithTheConnection() throws IOException {
        start(DoorLimits.DEFAULT);
        PlainSocket program = connect();
        assertThat(add(program, 123, 5678, "A Proferred Official ICP")).isEqualTo(200);
        Registration row = rows().get(0);
        assertThat(row.file().value()).isEqualTo("rfc123.txt");
        assertThat(row.flags()).isEqualTo(Registration.P2PCI_GET);
        assertThat(row.owner().place().port()).isEqualTo(5678);
        assertThat(row.owner().place().address()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(row.extras().title()).isEqualTo("A Proferred Official ICP");
        assertThat(row.extras().host()).isEqualTo("lab1");
        assertThat(row.peer().value()).matches("lab1~[0-9a-f]{8}");
        rig.move(3_600_000_000_000L);
        assertThat(rows()).as("after an hour").hasSize(1);
        program.close();
        rig.until("the row to go", () -> rows().isEmpty());
    }

    @Test
    void aResetRemovesTheRowsToo() throws IOException {
        start(DoorLimits.DEFAULT);
        PlainSocket program = connect();
        assertThat(add(program, 123, 5678, "t")).isEqualTo(200);
        program.reset();
        rig.until("the row to go", () -> rows().isEmpty());
    }

    @Test
    void partialAndUnfetchableFilesAreNotOffered() throws IOException {
        start(DoorLimits.DEFAULT);
        Shares.share(registry, "10.1.2.3:6010", "rfc1.txt", Registration.PARTIAL, 1_000_000_000, 0);
        Shares.share(registry, "10.1.2.3:6010", "rfc2.txt", Registration.NOT_FETCHABLE, 1_000_000_001, 0);
        PlainSocket program = connect();
        program.send(LIST);
        assertThat(program.receive(1)).isEqualTo("P2P-CI/1.0 404 Not Found\n\n");
    }

    @Test
    void manyProgramsWithManyRowsFitInLittleMemory() throws IOException {
        start(DoorLimits.DEFAULT);
        int programs = 100;
        int rowsEach = 100;
        long before = usedHeap();
        List<PlainSocket> all = new ArrayList<>();
        for (int i = 0; i < programs; i++) {
            PlainSocket program = connect();
            all.add(program);
            StringBuilder adds = new StringBuilder();
            for (int n = 1; n <= rowsEach; n++) {
                adds.append("ADD RFC ")
                        .append(n)
                        .append(" P2P-CI/1.0\nHost: lab")
                        .append(i);
                adds.append("\nPort: 5678\nTitle: A title of some forty characters, number ")
                        .append(n)
                        .append("\n\n");
            }
            program.send(adds.toString());
        }
        rig.until("all rows", () -> rowCount() == programs * rowsEach);
        long perRow = (usedHeap() - before) / (programs * rowsEach);
        // 200,000 rows in 128 MiB would allow 670; the programs themselves are in this figure too.
        assertThat(perRow).as("heap bytes for each row").isLessThan(600);
        all.forEach(PlainSocket::close);
        rig.until("all rows to go", () -> rowCount() == 0);
    }

    private void start(DoorLimits limits) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = new P2pciServer(rig.loop, registry, limits, Optional.empty(), Randomness.seeded(1));
        address = server.listen(anyPort);
    }

    private PlainSocket connect() {
        return rig.connect(address);
    }

    private void share(int rows) {
        for (int n = 1; n <= rows; n++) {
            Shares.share(registry, "10.1.2.3:6010", "rfc" + n + ".txt", 0, 1_000_000_000 + n, rig.nowNanos());
        }
    }

    private static boolean registryIsListed(PlainSocket reader, int rows) {
        return reader.received() > rows * 30 && reader.lastIs("\n\n");
    }

    private static int add(PlainSocket program, int number, int port, String title) {
        program.send("ADD RFC " + number + " P2P-CI/1.0\nHost: lab1\nPort: " + port + "\nTitle: " + title + "\n\n");
        return Integer.parseInt(program.receive(15).substring(11, 14));
    }

    private List<Registration> rows() {
        List<Registration> rows = new ArrayList<>();
        registry.apply(
                new Command.Walk(0, 100, ""),
                rig.nowNanos(),
                outcome -> rows.addAll(((Outcome.Listed) outcome).rows()));
        return rows;
    }

    private int rowCount() {
        int[] count = new int[1];
        registry.apply(new Command.Count(), rig.nowNanos(), outcome -> count[0] = ((Outcome.Totals) outcome).rows());
        return count[0];
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
