package p101.peer;

import java.util.Optional;
import p101.content.ContentServer;
import p101.fetch.SourceFactory;
import p101.fetch.SourceFinder;
import p101.library.Catalog;
import p101.loop.EventLoop;

/**
 * Another protocol through which a peer serves and fetches, next to PDUs. Called on the loop's thread, or before the loop
 * runs.
 */
public interface Dialect {
    /** None: PDUs alone. */
    Dialect NONE = new Dialect() {
        @Override
        public void serve(ContentServer server, EventLoop loop, Catalog catalog) {}

        @Override
        public Fetching fetching(EventLoop loop, boolean localIndex) {
            return Fetching.NONE;
        }
    };

    /** Lets the content server answer the protocol as well; called before it listens. */
    void serve(ContentServer server, EventLoop loop, Catalog catalog);

    /**
     * Lets downloads fetch by the protocol.
     *
     * @param localIndex whether the index is on this machine: only then are sources on loopback addresses believed
     */
    Fetching fetching(EventLoop loop, boolean localIndex);

    /** Fetching by another protocol, as long as there are downloads. */
    interface Fetching extends AutoCloseable {
        Fetching NONE = new Fetching() {
            @Override
            public SourceFinder around(SourceFinder index) {
                return index;
            }

            @Override
            public SourceFactory sources() {
                return (candidate, request, events) -> Optional.empty();
            }

            @Override
            public void close() {}
        };

        /** The same finder, with what it takes to use rows of the protocol. */
        SourceFinder around(SourceFinder index);

        /** Makes sources of rows that PDUs cannot fetch from. */
        SourceFactory sources();

        @Override
        void close();
    }
}
