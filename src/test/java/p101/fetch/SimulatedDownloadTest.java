package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.fetch.SimulatedSource.Character;
import p101.library.ExistingFilePolicy;
import p101.library.PieceSet;
import p101.loop.EventLoop;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.pdu.RowFlags;

/** Whole downloads in one thread and in simulated time, from sources of every character; a seed fixes everything. */
class SimulatedDownloadTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long STEP_NANOS = 5_000_000;
    private static final TestContent CONTENT = TestContent.random("data.bin", 40 * 65_536 + 12_345, 41);
    private static final int PIECES = CONTENT.geometry().pieceCount();

    @TempDir
    Path folder;

    private long nowNanos = 1;
    private final List<Throwable> errors = new ArrayList<>();
    private final EventLoop loop = new EventLoop(() -> nowNanos, errors::add);
    private final Map<Endpoint, Character> characters = new LinkedHashMap<>();
    private final List<Candidate> index = new ArrayList<>();
    private final FetchRig.Result result = new FetchRig.Result();

    @AfterEach
    void closeLoop() {
        loop.close();
        assertThat(errors).isEmpty();
    }

    private Character add(String name) {
        Character character = new Character(name, CONTENT);
        characters.put(endpoint(characters.size()), character);
        return character;
    }

    private static Endpoint endpoint(int number) {
        return new Endpoint(InetAddress.getLoopbackAddress(), 1000 + number);
    }

    private void register() {
        characters.forEach((endpoint, character) -> index.add(new Candidate(
                1,
                character.pieces.isComplete() ? 0 : RowFlags.PARTIAL,
                endpoint,
                CONTENT.bytes().length,
                CONTENT.content().id(),
                PeerName.of(character.name))));
    }

    private void start(long seed) {
        SourceFactory factory = (row, request, events) ->
                Optional.of(new SimulatedSource(loop, characters.get(row.endpoint()), request, events));
        Downloader downloader = new Downloader(new Downloader.Setting(
                loop,
                DownloadLimits.DEFAULT,
                factory,
                Randomness.seeded(seed),
                new BlockPool(8),
                Runnable::run,
                Runnable::run));
        SourceFinder finder = (wanted, found, end) -> loop.execute(() -> {
            index.stream()
                    .filter(row -> wanted.partialToo() || !row.isPartial())
                    .forEach(found);
            end.accept(new FindEnd.Done());
        });
        DownloadRequest request = DownloadRequest.of(
                        Wanted.named(CONTENT.name()), new Destination.InFolder(folder, ExistingFilePolicy.KEEP))
                .throughLocalIndex(true);
        loop.execute(() -> downloader.start(request, finder, result));
    }

    /** Lets time pass until the download has ended, or for so long. */
    private void pass(long nanos) {
        long until = nowNanos + nanos;
        while (nowNanos < until && result.outcome == null && result.failure == null) {
            loop.runOnce(0);
            nowNanos += STEP_NANOS;
        }
    }

    private void assertWhole() throws IOException {
        assertThat(result.failure).isNull();
        assertThat(result.outcome).as("done in time").isNotNull();
        assertThat(Files.readAllBytes(folder.resolve("data.bin"))).isEqualTo(CONTENT.bytes());
    }

    private Optional<DropReason> dropped(String name) {
        return result.dropped.stream()
                .filter(report -> report.peer().value().equals(name))
                .findFirst()
                .flatMap(SourceReport::dropped);
    }

    @RepeatedTest(60)
    void neverAWrongByteWhateverTheOthersAreLike(RepetitionInfo repetition) throws IOException {
        long seed = repetition.getCurrentRepetition();
        Randomness random = Randomness.seeded(seed);
        int others = 1 + random.below(8);
        for (int i = 0; i < others; i++) {
            character(add("peer" + i), random);
        }
        add("honest").bytesPerSecond = 200_000;
        register();
        start(seed);
        pass(120 * SECOND);
        assertThat(result.outcome).as("seed %d: %s", seed, result.failure).isNotNull();
        assertWhole();
        for (SourceReport report : result.sources) {
            Character character = characters.get(report.endpoint());
            boolean lied = report.dropped().equals(Optional.of(DropReason.LIED));
            assertThat(!lied || character.lies.count() > 0)
                    .as("seed %d slanders %s", seed, report)
                    .isTrue();
            assertThat(!lied || character.connections == 1)
                    .as("a liar is asked once")
                    .isTrue();
        }
    }

    private void character(Character character, Randomness random) {
        character.bytesPerSecond = 20_000 * Math.pow(10, random.below(4));
        switch (random.below(7)) {
            case 0 -> character.lies = some(random, 3);
            case 1 -> character.lies = some(random, PIECES);
            case 2 -> character.silentFromNanos = random.below(1500) * 1_000_000L;
            case 3 -> character.deadFromNanos = random.below(1500) * 1_000_000L;
            case 4 -> character.pieces = some(random, PIECES / 2);
            case 5 -> character.busyAnswers = 1 + random.below(3);
            default -> {}
        }
    }

    private static PieceSet some(Randomness random, int most) {
        PieceSet pieces = PieceSet.empty(PIECES);
        for (int i = 0; i < most; i++) {
            pieces.add(random.below(PIECES));
        }
        return pieces;
    }

    @Test
    void aDeadSourceIsReplacedWithinFiveSeconds() throws IOException {
        add("a").silentFromNanos = 0;
        add("b");
        register();
        start(1);
        pass(5 * SECOND);
        assertWhole();
    }

    @Test
    void aSourceThatFallsSilentInTheMiddleIsReplacedWithinFiveSeconds() throws IOException {
        Character first = add("a");
        first.bytesPerSecond = 1e6;
        first.silentFromNanos = SECOND;
        register();
        start(1);
        pass(SECOND);
        add("b");
        index.clear();
        register();
        pass(5 * SECOND + SECOND);
        assertWhole();
    }

    @Test
    void aSilentSourceIsNamedAfterFourSeconds() {
        add("a").silentFromNanos = SECOND / 10;
        register();
        start(1);
        pass(4 * SECOND);
        assertThat(result.dropped).isEmpty();
        pass(SECOND);
        assertThat(dropped("a")).contains(DropReason.SILENT);
    }

    @Test
    void aSlowSourceIsDroppedWhenOthersCanDoItsWork() throws IOException {
        Character slow = add("slow");
        slow.bytesPerSecond = 2_000;
        Character steady = add("steady");
        steady.bytesPerSecond = 250_000;
        register();
        start(1);
        pass(60 * SECOND);
        assertWhole();
        assertThat(dropped("slow")).contains(DropReason.SLOW);
        assertThat(result.outcome.nanos())
                .as("as if the slow one were not there")
                .isLessThan(16 * SECOND);
    }

    @Test
    void theOnlySourceIsKeptHoweverSlowItIs() throws IOException {
        add("slow").bytesPerSecond = 3_500;
        register();
        start(1);
        pass(1_000 * SECOND);
        assertWhole();
        assertThat(result.dropped).isEmpty();
    }

    @Test
    void fastAndSlowShareInProportion() throws IOException {
        add("fast").bytesPerSecond = 1_500_000;
        add("slow").bytesPerSecond = 300_000;
        register();
        start(1);
        pass(60 * SECOND);
        assertWhole();
        // Together 1.8 MB/s: 1.5 s for 2.6 MB, and a little for the start and the end.
        assertThat(result.outcome.nanos()).isLessThan(2 * SECOND);
        long sent = characters.values().stream()
                .mapToLong(character -> character.sentBytes)
                .sum();
        assertThat(sent).as("hardly anything twice").isLessThan(CONTENT.bytes().length * 108L / 100);
    }

    @Test
    void withoutAnySourceItGivesUpInTime() {
        add("a").deadFromNanos = 0;
        register();
        start(1);
        pass(12 * SECOND);
        assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
        assertThat(result.failure.text()).contains("a (", "could not be reached");
        assertThat(nowNanos).isGreaterThan(9 * SECOND);
    }

    @Test
    void progressIsTold() throws IOException {
        add("a").bytesPerSecond = 500_000;
        register();
        start(1);
        pass(60 * SECOND);
        assertWhole();
        assertThat(result.progress.size()).isGreaterThan(10);
        Progress middle = result.progress.get(result.progress.size() / 2);
        assertThat(middle.bytesPerSecond()).isBetween(400_000L, 600_000L);
        assertThat(middle.sources()).isEqualTo(1);
        double left = (middle.totalBytes() - middle.verifiedBytes()) / 500_000.0;
        assertThat((double) middle.secondsLeft()).isBetween(left - 1, left + 2);
    }
}
