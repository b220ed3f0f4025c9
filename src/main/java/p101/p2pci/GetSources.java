package p101.p2pci;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import p101.fetch.AddressRules;
import p101.fetch.Candidate;
import p101.fetch.DropReason;
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
import p101.model.Content;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.Shown;

/**
 * Lets downloads fetch from P2P-CI programs. Such a row tells neither size nor root, so the file is fetched while the search
 * goes on; what came is then a source like any other. A source that can be verified, if there is one, is always preferred.
 * When there is none, a second program is asked for the same RFC, and what could not be verified is told. spec/P2PCI.md, section
 * 9. Loop thread, except {@link #close}.
 */
public final class GetSources implements SourceFactory, AutoCloseable {
    /** Programs that may fail before the search is given up. */
    private static final int MAX_ATTEMPTS = 8;

    /** A program that failed is not asked again for so long: one download searches more than once. */
    private static final long RETRY_NANOS = 10_000_000_000L;

    private final EventLoop loop;
    private final Path spoolFolder;
    private final boolean localIndex;
    private final Clock clock;
    private final Consumer<String> notes;
    private final Map<Key, Fetched> fetched = new HashMap<>();
    private final Map<Endpoint, Failed> failed = new HashMap<>();
    private ExecutorService disk;

    private record Key(Endpoint endpoint, Content content) {
        boolean isOf(Candidate candidate) {
            return endpoint.equals(candidate.endpoint())
                    && content.size() == candidate.size()
                    && content.id().equals(candidate.content());
        }
    }

    /** A file that came, and how it is called. */
    record Fetched(Spool spool, HashedFile hashed, FileName file) {}

    private record Failed(String detail, long atNanos) {}

    /**
     * @param spoolFolder where files are kept until their download has taken them
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
        return (wanted, found, end) -> new Find(wanted, found, end).start(index);
    }

    @Override
    public Optional<Source> create(Candidate candidate, SourceRequest request, SourceEvents events) {
        if (!candidate.isByGet()) {
            return Optional.empty();
        }
        for (Map.Entry<Key, Fetched> entry : fetched.entrySet()) {
            if (entry.getKey().isOf(candidate)) {
                return Optional.of(new SpoolSource(
                        loop, entry.getValue(), clock.unixMillis(), request, events, () -> drop(entry.getKey())));
            }
        }
        return Optional.of(new LostSource(failed.get(candidate.endpoint()), events));
    }

    /** The download has what it needs, or needs it no more. */
    private void drop(Key key) {
        Fetched file = fetched.remove(key);
        if (file != null) {
            closeQuietly(file.spool());
        }
    }

    private static void closeQuietly(Spool spool) {
        try {
            spool.close();
        } catch (IOException e) {
            // It is deleted with the process at the latest.
        }
    }

    /** Deletes what was fetched. */
    @Override
    public void close() {
        fetched.values().forEach(file -> closeQuietly(file.spool()));
        fetched.clear();
        if (disk != null) {
            disk.shutdown();
        }
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

    /** One search. */
    private final class Find {
        private final Wanted wanted;
        private final Consumer<Candidate> found;
        private final Consumer<FindEnd> end;
        private final Deque<Candidate> rows = new ArrayDeque<>();
        private final List<Candidate> failures = new ArrayList<>();
        private final Optional<RfcNumber> number;
        private Content first;
        private boolean verifiable;
        private boolean compared;
        private int attempts;
        private FindEnd indexEnd;

        Find(Wanted wanted, Consumer<Candidate> found, Consumer<FindEnd> end) {
            this.wanted = wanted;
            this.found = found;
            this.end = end;
            this.number = RfcNumber.of(wanted.file());
        }

        void start(SourceFinder index) {
            index.find(wanted, this::onRow, ending -> {
                indexEnd = ending;
                next();
            });
        }

        private void onRow(Candidate row) {
            if (!row.isByGet()) {
                verifiable = true;
                found.accept(row);
            } else if (number.isPresent()) {
                rows.add(row);
            }
        }

        /** Fetches from the next program, or ends. */
        private void next() {
            Candidate row = verifiable || compared || attempts >= MAX_ATTEMPTS ? null : rows.poll();
            if (row == null) {
                finish();
                return;
            }
            attempts++;
            if (AddressRules.isRefused(row.endpoint(), localIndex) || hasJustFailed(row.endpoint())) {
                failures.add(row);
                next();
                return;
            }
            try {
                new GetFetch(
                                loop,
                                disk(),
                                new Spool(spoolFolder),
                                number.orElseThrow(),
                                row.endpoint().toSocketAddress(),
                                new Arrival(row))
                        .start();
            } catch (IOException e) {
                onFailed(row, "could not be asked: no temporary file can be made in " + spoolFolder);
            }
        }

        private boolean hasJustFailed(Endpoint endpoint) {
            Failed failure = failed.get(endpoint);
            return failure != null && loop.nowNanos() - failure.atNanos() < RETRY_NANOS;
        }

        private void finish() {
            if (first == null && !verifiable) {
                // They are told all the same, so that the end of the download says why it got nothing.
                failures.forEach(found);
            } else if (first != null && !compared) {
                notes.accept(Shown.text(wanted.file().value())
                        + " came by GET from one program: only its length could be checked, not its content");
            }
            end.accept(indexEnd);
        }

        private final class Arrival implements GetFetch.Listener {
            private final Candidate row;

            Arrival(Candidate row) {
                this.row = row;
            }

            @Override
            public void onFetched(Spool spool, HashedFile hashed, String note) {
                Find.this.onFetched(row, new Fetched(spool, hashed, wanted.file()), note);
            }

            @Override
            public void onFailed(String detail) {
                Find.this.onFailed(row, detail);
            }
        }

        private void onFetched(Candidate row, Fetched file, String note) {
            Content content = file.hashed().content();
            if (!note.isEmpty()) {
                notes.accept(nameOf(row) + ": " + note);
            }
            if (first == null) {
                first = content;
                fetched.put(new Key(row.endpoint(), content), file);
                found.accept(new Candidate(
                        row.rowId(), row.rowFlags(), row.endpoint(), content.size(), content.id(), row.peer()));
            } else {
                compare(content);
                closeQuietly(file.spool());
            }
            next();
        }

        private void compare(Content second) {
            compared = true;
            String name = Shown.text(wanted.file().value());
            notes.accept(
                    second.equals(first)
                            ? name + " came by GET: two programs sent the same content, which nothing else proves"
                            : name + " came by GET: two programs sent different content, and nothing proves either");
        }

        private void onFailed(Candidate row, String detail) {
            failed.put(row.endpoint(), new Failed(detail, loop.nowNanos()));
            failures.add(row);
            next();
        }

        private String nameOf(Candidate row) {
            return Shown.text(row.peer().value()) + " (" + row.endpoint() + ")";
        }
    }

    /** A program that could not deliver: says so as soon as it is asked. */
    private final class LostSource implements Source {
        private final Failed failure;
        private final SourceEvents events;
        private boolean closed;

        LostSource(Failed failureOrNull, SourceEvents events) {
            this.failure = failureOrNull == null ? new Failed("was not asked", 0) : failureOrNull;
            this.events = events;
        }

        @Override
        public void open() {
            loop.execute(() -> {
                if (!closed) {
                    closed = true;
                    events.onLost(DropReason.UNSUPPORTED, failure.detail());
                }
            });
        }

        @Override
        public void requestManifest() {}

        @Override
        public void requestHave() {}

        @Override
        public void requestContent(long offset, long length) {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void flush() {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
