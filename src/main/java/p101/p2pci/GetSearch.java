package p101.p2pci;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import p101.fetch.Candidate;
import p101.fetch.FindEnd;
import p101.fetch.Progress;
import p101.fetch.SourceFinder;
import p101.fetch.Wanted;
import p101.library.HashedFile;
import p101.loop.TimerHandle;
import p101.model.Shown;

/**
 * One search among the rows of an index. A source that can be verified, if there is one, is all that is told. When there is
 * none, one program after the other is asked until one delivers, and another one for the same, so that the user can be told
 * what is proven by nothing. Only then is the row told: a download that had it would end before the comparison. spec/P2PCI.md,
 * section 9. Loop thread.
 */
final class GetSearch {
    /** Programs that may fail before the search is given up. */
    private static final int MAX_ATTEMPTS = 8;

    /** The comparison may take so long, or longer when the file itself did. */
    static final long COMPARE_NANOS = 5_000_000_000L;

    /** How much longer: a second program may be half as fast as the first. */
    private static final int COMPARE_FACTOR = 2;

    /** A comparison behind a fetch that took longer than this is announced. */
    private static final long ANNOUNCE_NANOS = 1_000_000_000L;

    private static final double NANOS_PER_SECOND = 1e9;

    private final GetSources sources;
    private final Wanted wanted;
    private final SourceFinder.Asker asker;
    private final Consumer<Candidate> found;
    private final Consumer<FindEnd> end;
    private final Deque<Candidate> rows = new ArrayDeque<>();
    private final List<Candidate> failures = new ArrayList<>();
    private final Optional<RfcNumber> number;
    private final String name;
    private boolean verifiable;
    private int attempts;
    private FindEnd indexEnd;
    private GetFetch running;
    private long startedNanos;
    private GetSources.Fetched first;
    /** Whether the length of the first was what it had said. */
    private boolean firstIsWhole;

    private boolean compared;
    private TimerHandle compareTimer;

    GetSearch(
            GetSources sources,
            Wanted wanted,
            SourceFinder.Asker asker,
            Consumer<Candidate> found,
            Consumer<FindEnd> end) {
        this.sources = sources;
        this.wanted = wanted;
        this.asker = asker;
        this.found = found;
        this.end = end;
        this.number = RfcNumber.of(wanted.file());
        this.name = Shown.text(wanted.file().value());
    }

    void start(SourceFinder index) {
        index.find(wanted, asker, this::onRow, ending -> {
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
        running = null;
        Candidate row = verifiable || compared || asker.isGone() ? null : nextRow();
        if (row == null) {
            finish();
            return;
        }
        attempts++;
        startedNanos = sources.loop().nowNanos();
        try {
            running = sources.fetch(number.orElseThrow(), row, new Arrival(row));
        } catch (IOException e) {
            onFailed(row, "could not be asked: no temporary file can be made (" + Shown.text(String.valueOf(e)) + ")");
        }
    }

    /** The next program that is worth asking; {@code null} when there is none. */
    private Candidate nextRow() {
        while (attempts < MAX_ATTEMPTS && !rows.isEmpty()) {
            Candidate row = rows.poll();
            // One program may be listed under several hosts; it is no second source for itself.
            boolean again = first != null && first.from().endpoint().equals(row.endpoint());
            if (!again && sources.isHopeless(row)) {
                attempts++;
                failures.add(row);
            } else if (!again) {
                return row;
            }
        }
        return null;
    }

    private void finish() {
        if (compareTimer != null) {
            compareTimer.cancel();
        }
        if (first != null && asker.isGone()) {
            first.close();
        } else if (first != null) {
            if (!compared) {
                sources.note(name + " came by GET from one program: only its length could be checked, not its content");
            }
            sources.keep(first);
            found.accept(first.from());
        } else if (!verifiable) {
            // They are told all the same, so that the end of the download says why it got nothing.
            failures.forEach(found);
        }
        end.accept(indexEnd);
    }

    private void onFailed(Candidate row, String detail) {
        sources.failed(row, detail);
        failures.add(row);
        next();
    }

    private void onFetched(GetSources.Fetched file, String note) {
        if (!note.isEmpty()) {
            sources.note(nameOf(file.from()) + ": " + note);
        }
        if (first == null) {
            first = file;
            firstIsWhole = note.isEmpty();
            beginComparison(sources.loop().nowNanos() - startedNanos);
        } else {
            compare(file, note.isEmpty());
        }
        next();
    }

    private void beginComparison(long firstNanos) {
        long most = Math.max(COMPARE_NANOS, COMPARE_FACTOR * firstNanos);
        compareTimer = sources.loop().schedule(most, this::onComparisonTooSlow);
        if (firstNanos > ANNOUNCE_NANOS && !rows.isEmpty()) {
            sources.note(name + " is here; another program is asked for the same, to compare");
        }
    }

    /** What came is not held back any longer. */
    private void onComparisonTooSlow() {
        compareTimer = null;
        if (running != null) {
            running.cancel();
            running = null;
            finish();
        }
    }

    private void compare(GetSources.Fetched second, boolean secondIsWhole) {
        compared = true;
        boolean same = second.hashed().content().equals(first.hashed().content());
        GetSources.Fetched loser = second;
        if (same) {
            sources.note(name + " came by GET: two programs sent the same content, which nothing else proves");
        } else if (secondIsWhole && !firstIsWhole) {
            sources.note(name + " came by GET: two programs sent different content; that of " + nameOf(second.from())
                    + " has the length that was promised and is taken, but nothing proves it");
            loser = first;
            first = second;
        } else {
            sources.note(name + " came by GET: two programs sent different content, and nothing proves either");
        }
        loser.close();
    }

    private static String nameOf(Candidate row) {
        return Shown.text(row.peer().value()) + " (" + row.endpoint() + ")";
    }

    private final class Arrival implements GetFetch.Listener {
        private final Candidate row;

        Arrival(Candidate row) {
            this.row = row;
        }

        @Override
        public void onFetched(Spool spool, HashedFile hashed, String note) {
            Candidate known = new Candidate(
                    row.rowId(),
                    row.rowFlags(),
                    row.endpoint(),
                    hashed.content().size(),
                    hashed.content().id(),
                    row.peer());
            GetSearch.this.onFetched(new GetSources.Fetched(spool, hashed, wanted.file(), known, asker), note);
        }

        @Override
        public void onFailed(String detail) {
            GetSearch.this.onFailed(row, detail);
        }

        @Override
        public void onProgress(long bytes, long total) {
            if (asker.isGone()) {
                running.cancel();
                next();
                return;
            }
            double seconds = (sources.loop().nowNanos() - startedNanos) / NANOS_PER_SECOND;
            long rate = (long) (bytes / Math.max(seconds, 1e-3));
            long left = total < bytes || rate == 0 ? -1 : (total - bytes + rate - 1) / rate;
            asker.onProgress(new Progress(Math.min(bytes, total < 0 ? bytes : total), total, rate, left, 1));
        }
    }
}
