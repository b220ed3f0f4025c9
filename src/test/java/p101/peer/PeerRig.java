package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import p101.fetch.Destination;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadOutcome;
import p101.fetch.DownloadRequest;
import p101.fetch.SourceReport;
import p101.fetch.Wanted;
import p101.index.IndexConfig;
import p101.index.IndexServer;
import p101.library.ExistingFilePolicy;
import p101.model.Clock;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.registry.MemoryRegistry;
import p101.registry.RegistryLimits;

/** A real index and real peers on loopback, each peer with a home and a folder of its own. */
final class PeerRig implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 20;

    private final Path root;
    private final int leaseSeconds;
    private final List<Peer> peers = new ArrayList<>();
    private IndexServer server;
    private int number;

    PeerRig(Path root, int leaseSeconds) throws IOException {
        this.root = root;
        this.leaseSeconds = leaseSeconds;
        startIndex(0);
    }

    private void startIndex(int port) throws IOException {
        IndexConfig config = IndexConfig.DEFAULT.withPort(port).withBind(List.of(InetAddress.getLoopbackAddress()));
        MemoryRegistry registry = new MemoryRegistry(
                RegistryLimits.DEFAULT, leaseSeconds, Clock.SYSTEM.unixSeconds(), Randomness.secure());
        server = IndexServer.start(config, registry, Clock.SYSTEM, Throwable::printStackTrace);
    }

    /** Everything that it knew is gone. */
    void restartIndex() throws IOException {
        int port = server.port();
        server.close();
        startIndex(port);
    }

    void stopIndex() {
        server.close();
    }

    InetSocketAddress index() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    Path folder(int ofPeer) {
        return root.resolve("folder" + ofPeer);
    }

    PeerConfig config(String name, Path... shared) {
        int own = number++;
        return new PeerConfig(
                index(),
                PeerName.of(name),
                InetAddress.getLoopbackAddress(),
                0,
                HomeFolders.in(root.resolve("home" + own)),
                folder(own),
                List.of(shared));
    }

    Peer peer(String name, Path... shared) throws PeerException {
        return open(config(name, shared), new PeerListener() {});
    }

    Peer open(PeerConfig config, PeerListener listener) throws PeerException {
        Peer peer = Peer.open(config, listener);
        peers.add(peer);
        return peer;
    }

    Path file(int ofPeer, String name, String content) throws IOException {
        Files.createDirectories(folder(ofPeer));
        return Files.writeString(folder(ofPeer).resolve(name), content);
    }

    /** What the index lists, as "peer/file", told by a client that is nobody's. */
    List<String> listed() throws PeerException {
        List<String> rows = new ArrayList<>();
        try (OneShotIndex index = OneShotIndex.open(index())) {
            index.list("", new ListHandler() {
                @Override
                public boolean onRow(ListedRow row) {
                    rows.add(row.peer() + "/" + row.file());
                    return true;
                }

                @Override
                public void onEnd(Ending ending) {
                    assertThat(ending).isEqualTo(Ending.DONE);
                }
            });
        }
        return rows;
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until something is so. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waiting for " + what).isNegative();
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    void awaitListed(String... rows) {
        await("the index to list " + List.of(rows), () -> {
            try {
                List<String> now = listed();
                return now.size() == rows.length && now.containsAll(List.of(rows));
            } catch (PeerException broken) {
                throw new AssertionError(broken);
            }
        });
    }

    /** How a download ended. */
    static final class Result implements DownloadListener {
        final CompletableFuture<DownloadOutcome> outcome = new CompletableFuture<>();
        final List<SourceReport> dropped = new CopyOnWriteArrayList<>();

        @Override
        public void onDone(DownloadOutcome done) {
            outcome.complete(done);
        }

        @Override
        public void onSourceDropped(SourceReport source) {
            dropped.add(source);
        }

        @Override
        public void onFailed(DownloadFailure failure, List<SourceReport> sources) {
            outcome.completeExceptionally(new IOException(failure + " " + sources));
        }
    }

    static DownloadRequest request(String file, Path folder) {
        return DownloadRequest.of(
                Wanted.named(FileName.of(file)), new Destination.InFolder(folder, ExistingFilePolicy.KEEP));
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
        server.close();
    }
}
