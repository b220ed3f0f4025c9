package p101.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.model.Shown;
import p101.pdu.RowFlags;

/**
 * One row at an index that says where somebody can be reached who shares no file: registered, refreshed, healed and taken back like any
 * other, with flag 4 (not fetchable). spec/PDU.md, section 7.8; spec/DIRECT.md, section 1. Loop thread.
 */
public final class Announcement implements AutoCloseable {
    /** The file name of the row of one who receives texts and files. */
    public static final FileName RECEIVES = FileName.of("p101-receive");

    /** What the announcer wants to know. Loop thread; texts are safe to print. */
    public interface Listener {
        /** Others find it from now on. */
        void onAnnounced();

        /** The index refused: the name is taken, or a limit is reached. */
        void onRefused(String why);

        /** The index does not answer; trying goes on. */
        void onSilent();
    }

    private final EventLoop loop;
    private final IndexPort port;
    private final Registrations registrations;

    private Announcement(EventLoop loop, IndexPort port, Registrations registrations) {
        this.loop = loop;
        this.port = port;
        this.registrations = registrations;
    }

    /**
     * Begins to announce.
     *
     * @param home keeps the key by which a restarted process is known; the caller holds {@link HomeLock#ofReceiver}
     * @param tcpPort where the announcer is reached
     * @throws PeerException when the key cannot be kept or the operating system refuses a socket
     */
    public static Announcement open(
            EventLoop loop,
            InetSocketAddress index,
            InetAddress bindOrNull,
            HomeFolders home,
            PeerName name,
            int tcpPort,
            Listener listener)
            throws PeerException {
        Randomness random = SystemRandomness.open();
        OwnerIdentity owner = new OwnerIdentity(key(home, random), tcpPort);
        IndexPort port = IndexPort.open(loop, index, bindOrNull);
        IndexClient client = new IndexClient(owner, Clock.SYSTEM, random, port, TxStore.NONE);
        Registrations registrations = new Registrations(client, random, name, new Events(listener));
        port.run(client, registrations, () -> {});
        registrations.start(loop.nowNanos());
        registrations.put(new Advert(name, RECEIVES, RowFlags.NOT_FETCHABLE, 0, ContentId.NONE), null, loop.nowNanos());
        port.settle();
        return new Announcement(loop, port, registrations);
    }

    private static long key(HomeFolders home, Randomness random) throws PeerException {
        try {
            Files.createDirectories(home.state());
            return OwnerKeyFile.readOrMake(home.state().resolve("receive.key"), random);
        } catch (IOException broken) {
            throw new PeerException(
                    PeerException.Problem.HOME_UNUSABLE,
                    "the home " + Shown.text(home.state().toString()) + " cannot be used ("
                            + Shown.text(String.valueOf(broken.getMessage())) + "): use another --home",
                    broken);
        }
    }

    /** Takes the row back, within 2 s. */
    public void leave(Runnable done) {
        boolean[] told = new boolean[1];
        Runnable once = () -> {
            if (!told[0]) {
                told[0] = true;
                done.run();
            }
        };
        registrations.leave(
                new OwnerHandler() {
                    @Override
                    public void onAccepted(Receipt receipt, long nowNanos) {
                        once.run();
                    }

                    @Override
                    public void onFailed(Ending ending, long nowNanos) {
                        once.run();
                    }
                },
                loop.nowNanos());
        loop.schedule(Registrations.LEAVE_NANOS, once);
        port.settle();
    }

    /** Closes the socket without a word to the index. */
    @Override
    public void close() {
        port.close();
    }

    private record Events(Listener listener) implements RegistrationsListener {
        @Override
        public void onRegistered(Advert advert) {
            listener.onAnnounced();
        }

        @Override
        public void onRefused(Advert advert, Ending why) {
            listener.onRefused(why.text().isEmpty() ? why.verdict().toString() : why.text());
        }

        @Override
        public void onSilent() {
            listener.onSilent();
        }
    }
}
