package p101.peer;

import java.util.function.Consumer;
import p101.fetch.Candidate;
import p101.fetch.FindEnd;
import p101.fetch.SourceFinder;
import p101.fetch.Wanted;
import p101.library.Library;
import p101.model.FileName;

/** Finds the sources of downloads through an index. Loop thread. */
final class IndexSourceFinder implements SourceFinder {
    private final IndexPort port;
    private final Runnable slow;
    private boolean told;
    private boolean answered;

    /**
     * @param slow run once, when the index has not answered after a while and never did before
     */
    IndexSourceFinder(IndexPort port, Runnable slow) {
        this.port = port;
        this.slow = slow;
    }

    @Override
    public void find(Wanted wanted, Consumer<Candidate> found, Consumer<FindEnd> end) {
        FileName file = wanted.file().fitsPdu() ? wanted.file() : Library.labelOf(wanted.file());
        SearchQuery query = new SearchQuery(file, wanted.peer(), wanted.content(), wanted.partialToo());
        port.search(query, new Walk(found, end));
    }

    /** One walk down the sources, until there are enough of them. */
    private final class Walk implements SearchHandler {
        private final Consumer<Candidate> found;
        private final Consumer<FindEnd> end;
        private int count;

        Walk(Consumer<Candidate> found, Consumer<FindEnd> end) {
            this.found = found;
            this.end = end;
        }

        @Override
        public boolean onFound(FoundRow row) {
            count++;
            answered = true;
            found.accept(
                    new Candidate(row.id(), row.rowFlags(), row.endpoint(), row.size(), row.content(), row.peer()));
            return count < MAX_CANDIDATES;
        }

        @Override
        public void onSlow() {
            if (!told && !answered) {
                told = true;
                slow.run();
            }
        }

        @Override
        public void onEnd(Ending ending) {
            answered |= ending.verdict() != Verdict.SILENT;
            end.accept(endOf(ending));
        }

        private FindEnd endOf(Ending ending) {
            return switch (ending.verdict()) {
                case DONE -> new FindEnd.Done();
                case NOT_FOUND -> new FindEnd.NotFound();
                // Who was told some sources can go on with them; the next search may hear the rest.
                case SILENT -> count > 0 ? new FindEnd.Done() : new FindEnd.IndexSilent();
                case MALFORMED -> count > 0 ? new FindEnd.Done() : new FindEnd.Refused(ending.text());
                default -> new FindEnd.Refused(ending.text());
            };
        }
    }
}
