package p101.peer;

import java.util.function.Consumer;
import p101.fetch.Candidate;
import p101.fetch.FindEnd;
import p101.fetch.SourceFinder;
import p101.fetch.Wanted;
import p101.library.Library;
import p101.model.FileName;

/** Finds the sources of a download through an index. Loop thread. */
final class IndexSourceFinder implements SourceFinder {
    private final IndexPort port;

    IndexSourceFinder(IndexPort port) {
        this.port = port;
    }

    @Override
    public void find(Wanted wanted, Consumer<Candidate> found, Consumer<FindEnd> end) {
        FileName file = wanted.file().fitsPdu() ? wanted.file() : Library.labelOf(wanted.file());
        SearchQuery query = new SearchQuery(file, wanted.peer(), wanted.content(), wanted.partialToo());
        port.search(query, new Walk(found, end));
    }

    /** One walk down the sources, until there are enough of them. */
    private static final class Walk implements SearchHandler {
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
            found.accept(
                    new Candidate(row.id(), row.rowFlags(), row.endpoint(), row.size(), row.content(), row.peer()));
            return count < MAX_CANDIDATES;
        }

        @Override
        public void onEnd(Ending ending) {
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
