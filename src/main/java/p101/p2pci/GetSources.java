package p101.p2pci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import p101.fetch.AddressRules;
import p101.fetch.Candidate;
import p101.fetch.FindEnd;
import p101.fetch.Source;
import p101.fetch.SourceEvents;
import p101.fetch.SourceFactory;
import p101.fetch.SourceFinder;
import p101.fetch.SourceRequest;
import p101.fetch.Wanted;
import p101.library.HashedFile;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.Endpoint;
import p101.model.FileName;

/**
 * Lets downloads fetch from P2P-CI programs. Such a row tells neither size nor root, so the file is fetched while the search
 * goes on ({@link GetSearch}); what came is then a source like any other. spec/P2PCI.md, section 9. Loop thread.
 */
public final class GetSources implements SourceFactory, AutoCloseable {
    /** A program that failed is not asked again for so long: one download searches more than once. */
    private static final long RETRY_NANOS = 10_000_000_000L;

    private final EventLoop loop;
    private final Path spoolFolder;
    private final boolean localIndex;
    private final Clock clock;
    private final Consumer<String> notes;
    /** Files that their downloads have not taken up yet. */
    private final List<Fetched> waiting = new ArrayList<>();
    /** Files that downloads read. */
    private final List<Fetched> inUse = new ArrayList<>();

    /** Fetches that go on, and perhaps some that are over. */
    private final List<GetFetch> running = new ArrayList<>();

    private final Map<Endpoint, Failed> failed = new HashMap<>();
    private ExecutorService disk;

    /**
     * A file that came.
     *
     * @param from the row that it came by, with the content that it turned out to be
     * @param asker for whom
     */
    record Fetched(Spool spool, HashedFile hashed, FileName file, Candidate from, SourceFinder.Asker asker) {
        private boolean isFrom(Candidate candidate) {
            return from.endpoint().equals(candidate.endpoint())
                    && from.size() == candidate.size()
                    && from.content().equals(candidate.content());
        }

        /** Deletes the file. */
        void close() {
            try {
                spool.close();
            } catch (IOException e) {
                // It is deleted with the process at the latest.
            }
        }
    }

    private record Failed(String detail, long atNanos) {}

    /**
     * @param spoolFolder where files are kept until their download has taken them; made when it is needed
     * @param localIndex whether the index is on this machine: only then are programs on loopback addresses asked
     * @param notes given sentences for the user, safe to print: what was not verified
     */
    public GetSources(EventLoop loop, Path spoolFolder, boolean localIndex, Clock clock, Consumer<String> notes) {
        this.loop = loop;
        this.spoolFolder = spoolFolder;
        this.localIndex = localIndex;
        this.clock = clock;
        this.notes = notes;
    }

    /** The same finder, whose rows of P2P-CI programs have been fetched when it tells them. */
    public SourceFinder around(SourceFinder index) {
        return new SourceFinder() {
            @Override
            public void find(Wanted wanted, Consumer<Candidate> found, Consumer<FindEnd> end) {
                find(wanted, Asker.ANYBODY, found, end);
            }

            @Override
            public void find(Wanted wanted, Asker asker, Consumer<Candidate> found, Consumer<FindEnd> end) {
                forget();
                new GetSearch(GetSources.this, wanted, asker, found, end).start(index);
            }
        };
    }

    /** Drops what nobody will ask for any more. */
    private void forget() {
        long now = loop.nowNanos();
        failed.values().removeIf(failure -> now - failure.atNanos() >= RETRY_NANOS);
        for (Iterator<Fetched> files = waiting.iterator(); files.hasNext(); ) {
            Fetched file = files.next();
            if (file.asker().isGone()) {
                files.remove();
                file.close();
            }
        }
    }

    @Override
    public Optional<Source> create(Candidate candidate, SourceRequest request, SourceEvents events) {
        if (!candidate.isByGet()) {
            return Optional.empty();
        }
        for (Iterator<Fetched> files = waiting.iterator(); files.hasNext(); ) {
            Fetched file = files.next();
            if (file.isFrom(candidate)) {
                files.remove();
                inUse.add(file);
                return Optional.of(
                        new SpoolSource(loop, file, clock.unixMillis(), request, events, () -> release(file)));
            }
        }
        Failed failure = failed.get(candidate.endpoint());
        return Optional.of(new LostSource(loop, failure == null ? "was not asked" : failure.detail(), events));
    }

    /** The download has what it needs, or needs it no more. */
    private void release(Fetched file) {
        inUse.remove(file);
        file.close();
    }

    // ---- for the searches ----

    EventLoop loop() {
        return loop;
    }

    void note(String sentence) {
        notes.accept(sentence);
    }

    /** Keeps a file until its download asks for it. */
    void keep(Fetched file) {
        waiting.add(file);
    }

    void failed(Candidate row, String detail) {
        failed.put(row.endpoint(), new Failed(detail, loop.nowNanos()));
    }

    /** Whether there is no sense in asking that program, now or at all. */
    boolean isHopeless(Candidate row) {
        Failed failure = failed.get(row.endpoint());
        return AddressRules.isRefused(row.endpoint(), localIndex)
                || (failure != null && loop.nowNanos() - failure.atNanos() < RETRY_NANOS);
    }

    /**
     * Begins to fetch.
     *
     * @throws IOException when no temporary file can be made
     */
    GetFetch fetch(RfcNumber number, Candidate row, GetFetch.Listener listener) throws IOException {
        Spool spool = new Spool(Files.createDirectories(spoolFolder));
        GetFetch fetch =
                new GetFetch(loop, disk(), spool, number, row.endpoint().toSocketAddress(), listener);
        running.removeIf(GetFetch::isOver);
        running.add(fetch);
        fetch.start();
        return fetch;
    }

    private ExecutorService disk() {
        if (disk == null) {
            disk = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "p101-spool");
                thread.setDaemon(true);
                return thread;
            });
        }
        return disk;
    }

    /** Deletes what was fetched. */
    @Override
    public void close() {
        running.forEach(GetFetch::cancel);
        running.clear();
        waiting.forEach(Fetched::close);
        waiting.clear();
        inUse.forEach(Fetched::close);
        inUse.clear();
        if (disk != null) {
            disk.shutdown();
        }
    }
}
