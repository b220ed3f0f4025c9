package p101.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import p101.fetch.Candidate;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadOutcome;
import p101.fetch.Progress;
import p101.model.Content;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Root;
import p101.pdu.RowFlags;

class TransfersTest {
    private static final FileName FILE = FileName.of("big.bin");
    private static final long AT_ONCE = 0;
    private static final long NEVER = Long.MAX_VALUE;

    private final List<String> screen = Collections.synchronizedList(new ArrayList<>());
    private final List<String> later = Collections.synchronizedList(new ArrayList<>());
    private final FakePeer peer = new FakePeer();

    private Transfers transfers(boolean terminal, boolean roomForTheEnd, long foregroundNanos) {
        return new Transfers(new Recorder(terminal, roomForTheEnd), peer, later::add, foregroundNanos);
    }

    private static DownloadOutcome done() {
        return new DownloadOutcome(
                Optional.empty(), FILE, new Content(new Root(1, 2, 3, 4), 1000), false, 0, 1_000_000, List.of());
    }

    @Test
    void onATerminalALongOneGoesOnBehindTheMenuWithItsProgress() throws Exception {
        Transfers transfers = transfers(true, true, AT_ONCE);
        transfers.download(FILE);
        peer.download.onProgress(new Progress(500, 1000, 3_000_000, 7, 1));
        transfers.showAgain();
        assertThat(screen).contains("place big.bin: 50%, 3 MB/s, 7 s left");
        await("status big.bin: 50%, 3 MB/s, 7 s left", screen);
        peer.download.onDone(done());
        await("end big.bin: downloaded and verified, 1000 bytes; registered", screen);
        assertThat(later).isEmpty();
    }

    @Test
    void whatNothingProvesIsNotCalledVerified() throws Exception {
        Transfers transfers = transfers(true, true, AT_ONCE);
        transfers.download(FILE);
        peer.download.onProgress(new Progress(5_000_000, Progress.UNKNOWN, 3_000_000, -1, 1));
        await("status big.bin: 5 MB so far, 3 MB/s", screen);
        Endpoint endpoint = new Endpoint(InetAddress.getLoopbackAddress(), 6010);
        peer.download.onChosen(
                new Candidate(1, RowFlags.P2PCI_GET, endpoint, 1000, new ContentId(1), PeerName.of("lab")));
        peer.download.onDone(done());
        await("end big.bin: downloaded, not verified, 1000 bytes; registered", screen);
    }

    @Test
    void anEndForWhichThereIsNoPlaceComesWithTheNextMenu() throws Exception {
        Transfers transfers = transfers(true, false, AT_ONCE);
        transfers.download(FILE);
        peer.download.onFailed(new DownloadFailure(DownloadFailure.Kind.DISK, "the disk is full"), List.of());
        await("big.bin: the disk is full", later);
    }

    @Test
    void fromAPipeTheMenuWaits() throws Exception {
        Transfers transfers = transfers(false, true, AT_ONCE);
        Thread menu = new Thread(() -> {
            try {
                transfers.download(FILE);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
        menu.start();
        await("status big.bin: looking for sources", screen);
        peer.download.onFailed(new DownloadFailure(DownloadFailure.Kind.NOT_FOUND, "nobody has it"), List.of());
        menu.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(menu.isAlive()).isFalse();
        assertThat(screen).last().isEqualTo("line File Request does not exist");
    }

    @Test
    void whatRunsIsCancelledAtTheEnd() throws Exception {
        Transfers transfers = transfers(true, true, AT_ONCE);
        transfers.download(FILE);
        assertThat(peer.cancelled).isFalse();
        transfers.cancelAll();
        assertThat(peer.cancelled).isTrue();
        peer.download.onFailed(new DownloadFailure(DownloadFailure.Kind.CANCELLED, "cancelled"), List.of());
    }

    @Test
    void aShortOneIsToldAtOnce() throws Exception {
        FakePeer quick = new FakePeer() {
            @Override
            public Runnable download(FileName file, p101.fetch.DownloadListener listener) {
                listener.onDone(done());
                return () -> {};
            }
        };
        new Transfers(new Recorder(true, true), quick, later::add, NEVER).download(FILE);
        assertThat(screen).containsExactly("line big.bin: downloaded and verified, 1000 bytes; registered");
    }

    private static void await(String line, List<String> lines) throws InterruptedException {
        long start = System.nanoTime();
        while (!lines.contains(line)) {
            assertThat(System.nanoTime() - start).as(lines.toString()).isLessThan(TimeUnit.SECONDS.toNanos(20));
            Thread.onSpinWait();
        }
    }

    /** Writes down what is asked of a screen. */
    private final class Recorder implements Screen {
        private final boolean terminal;
        private final boolean roomForTheEnd;

        Recorder(boolean terminal, boolean roomForTheEnd) {
            this.terminal = terminal;
            this.roomForTheEnd = roomForTheEnd;
        }

        @Override
        public void line(String text) {
            screen.add("line " + text);
        }

        @Override
        public String ask(String prompt) {
            return null;
        }

        @Override
        public void status(String text) {
            screen.add("status " + text);
        }

        @Override
        public boolean endStatus(String text) {
            screen.add("end " + text);
            return roomForTheEnd;
        }

        @Override
        public void placeStatus(String text) {
            screen.add("place " + text);
        }

        @Override
        public boolean isTerminal() {
            return terminal;
        }
    }
}
