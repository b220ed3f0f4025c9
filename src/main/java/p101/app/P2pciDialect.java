package p101.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import p101.content.ContentServer;
import p101.fetch.Candidate;
import p101.fetch.FindEnd;
import p101.fetch.Source;
import p101.fetch.SourceEvents;
import p101.fetch.SourceFactory;
import p101.fetch.SourceFinder;
import p101.fetch.SourceRequest;
import p101.fetch.Wanted;
import p101.library.Catalog;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.p2pci.GetSources;
import p101.p2pci.Uploads;
import p101.peer.Dialect;

/** P2P-CI as a peer's other protocol: it answers GET on the content port, and fetches RFCs by GET. */
final class P2pciDialect implements Dialect {
    /** How the names that are worth a look begin; all other downloads never load the protocol. */
    private static final String PREFIX = "rfc";

    private final Path spoolFolder;
    private final Consumer<String> notes;

    /**
     * @param spoolFolder where what comes by GET is kept until it is known; made when it is needed
     * @param notes told what could not be verified; on the loop's thread
     */
    P2pciDialect(Path spoolFolder, Consumer<String> notes) {
        this.spoolFolder = spoolFolder;
        this.notes = notes;
    }

    @Override
    public void serve(ContentServer server, EventLoop loop, Catalog catalog) {
        server.register(Uploads.FIRST_BYTE, new Uploads(loop, catalog, Clock.SYSTEM));
    }

    @Override
    public Fetching fetching(EventLoop loop, boolean localIndex) {
        return new ByGet(loop, localIndex);
    }

    private final class ByGet implements Fetching, SourceFactory {
        private final EventLoop loop;
        private final boolean localIndex;
        private GetSources sources;

        ByGet(EventLoop loop, boolean localIndex) {
            this.loop = loop;
            this.localIndex = localIndex;
        }

        private GetSources loaded() {
            if (sources == null) {
                sources = new GetSources(loop, spoolFolder, localIndex, Clock.SYSTEM, notes);
            }
            return sources;
        }

        @Override
        public SourceFinder around(SourceFinder index) {
            return new SourceFinder() {
                @Override
                public void find(Wanted wanted, Consumer<Candidate> found, Consumer<FindEnd> end) {
                    find(wanted, Asker.ANYBODY, found, end);
                }

                @Override
                public void find(Wanted wanted, Asker asker, Consumer<Candidate> found, Consumer<FindEnd> end) {
                    boolean mayBeRfc = wanted.file().value().startsWith(PREFIX);
                    (mayBeRfc ? loaded().around(index) : index).find(wanted, asker, found, end);
                }
            };
        }

        @Override
        public SourceFactory sources() {
            return this;
        }

        @Override
        public Optional<Source> create(Candidate candidate, SourceRequest request, SourceEvents events) {
            return loaded().create(candidate, request, events);
        }

        @Override
        public void close() {
            if (sources != null) {
                sources.close();
            }
        }
    }
}
