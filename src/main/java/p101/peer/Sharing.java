package p101.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import p101.content.ContentLimits;
import p101.content.ContentServer;
import p101.library.Catalog;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.PeerName;
import p101.model.Randomness;

/** What it takes to be a source: a content server, and registrations that lead to it. Loop thread. */
final class Sharing {
    /** Where and as whom. */
    record Place(InetSocketAddress index, InetAddress bindOrNull, int port, PeerName name, Dialect dialect) {}

    /** What an owner is known by. */
    record Secret(long ownerKey, TxStore store) {}

    private final ContentServer server;
    private final IndexPort index;
    private final Registrations registrations;

    private Sharing(ContentServer server, IndexPort index, Registrations registrations) {
        this.server = server;
        this.index = index;
        this.registrations = registrations;
    }

    /**
     * Listens, and makes the first contact with the index once {@link #start} is called.
     *
     * @param afterEachTurn called on the loop after everything that may have changed the registrations
     * @throws PeerException when the port is in use, or the operating system refuses a socket
     */
    static Sharing open(
            EventLoop loop,
            Catalog catalog,
            Place place,
            Secret secret,
            RegistrationsListener listener,
            Runnable afterEachTurn)
            throws PeerException {
        ContentServer server = new ContentServer(loop, catalog, ContentLimits.DEFAULT);
        boolean opened = false;
        try {
            place.dialect().serve(server, loop, catalog);
            listen(server, new InetSocketAddress(place.bindOrNull(), place.port()));
            Randomness random = SystemRandomness.open();
            IndexPort port = IndexPort.open(loop, place.index(), place.bindOrNull());
            OwnerIdentity owner = new OwnerIdentity(secret.ownerKey(), server.port());
            IndexClient client = new IndexClient(owner, Clock.SYSTEM, random, port, secret.store());
            Registrations registrations = new Registrations(client, random, place.name(), listener);
            port.run(client, registrations, afterEachTurn);
            opened = true;
            return new Sharing(server, port, registrations);
        } finally {
            if (!opened) {
                server.close();
            }
        }
    }

    private static void listen(ContentServer server, InetSocketAddress local) throws PeerException {
        try {
            server.start(local);
        } catch (IOException refused) {
            throw SocketTrouble.listen(local, refused);
        }
    }

    void start(EventLoop loop) {
        registrations.start(loop.nowNanos());
        index.settle();
    }

    int port() {
        return server.port();
    }

    IndexPort index() {
        return index;
    }

    /** Call {@link IndexPort#settle} after asking anything of them. */
    Registrations registrations() {
        return registrations;
    }

    /**
     * De-registers everything with one T, sent quickly and again for at most 1.9 s.
     *
     * @param done called once; {@link Verdict#SILENT} when the index did not confirm it: the lease ends it then
     */
    void leave(EventLoop loop, LeaveHandler done) {
        Leave leave = new Leave(done);
        registrations.leave(leave, loop.nowNanos());
        leave.boundBy(loop);
        index.settle();
    }

    /** Learns how leaving came out. */
    interface LeaveHandler {
        void onLeft(Ending ending);
    }

    /** The answer or the time limit, whichever comes first. */
    private static final class Leave implements OwnerHandler {
        private final LeaveHandler done;
        private boolean told;

        Leave(LeaveHandler done) {
            this.done = done;
        }

        void boundBy(EventLoop loop) {
            loop.schedule(
                    Registrations.LEAVE_NANOS,
                    () -> tell(new Ending(Verdict.SILENT, "the index has not confirmed the farewell")));
        }

        @Override
        public void onAccepted(Receipt receipt, long nowNanos) {
            tell(Ending.DONE);
        }

        @Override
        public void onFailed(Ending ending, long nowNanos) {
            tell(ending);
        }

        private void tell(Ending ending) {
            if (!told) {
                told = true;
                done.onLeft(ending);
            }
        }
    }

    /** Closes the sockets without a word to the index. */
    void close() {
        index.close();
        server.close();
    }
}
