package p101.lobby;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import p101.loop.AcceptLimits;
import p101.loop.Acceptor;
import p101.loop.EventLoop;
import p101.loop.SocketSettings;

/**
 * The lobby of an index: TCP, 8080 by default, over the registry and the room that the other doors use. To be opened, made to
 * listen and closed on the loop's thread, or while the loop does not run yet. The outcomes of the registry must come on that
 * thread too.
 */
public final class LobbyServer implements AutoCloseable {
    /** The port of the published system. */
    public static final int DEFAULT_PORT = 8_080;

    private static final long TICK_NANOS = 1_000_000_000L;

    /** {@code SO_SNDBUF}: what the system keeps for a member that does not read, beside our own queue. */
    private static final int SEND_BUFFER_BYTES = 65_536;

    private final EventLoop loop;
    private final LobbySetting setting;
    private final LobbyTally tally = new LobbyTally();
    private final Lobby lobby;
    private final List<Acceptor> acceptors = new CopyOnWriteArrayList<>();
    private List<LobbyConnection> toFlush = new ArrayList<>();
    private boolean closed;

    private LobbyServer(EventLoop loop, LobbySetting setting) {
        this.loop = loop;
        this.setting = setting;
        this.lobby = new Lobby(setting, loop::nowNanos, tally);
    }

    /** Opens a lobby, which takes a seat in the room but does not listen yet. */
    public static LobbyServer open(EventLoop loop, LobbySetting setting) {
        LobbyServer server = new LobbyServer(loop, setting);
        server.scheduleTick();
        return server;
    }

    /**
     * Listens on one more address; all lead to the same lobby.
     *
     * @param local port 0 = any free one
     * @return where it listens
     * @throws IOException when the port is in use or the address not of this machine
     */
    public InetSocketAddress listen(InetSocketAddress local) throws IOException {
        LobbyLimits limits = setting.limits();
        AcceptLimits accept = new AcceptLimits(limits.connections(), limits.connectionsPerAddress());
        // A part of an answer may be added when the queue is nearly full, and each line may get a CR.
        int mostQueued = 2 * limits.queueBytes() + 4 * Listing.PART_CHARACTERS;
        SocketSettings settings = new SocketSettings(SEND_BUFFER_BYTES, 0, mostQueued)
                .withKeepAliveSeconds(LobbyLimits.KEEP_ALIVE_SECONDS);
        OrderParser parser = new OrderParser(limits.filesPerMember());
        Acceptor acceptor = loop.listen(
                local,
                accept.withinDescriptorLimit(),
                settings,
                remote ->
                        new LobbyConnection(loop, lobby, new LobbyLines(parser), limits.queueBytes(), this::flushSoon));
        acceptor.setLastWords(
                ByteBuffer.wrap(Wording.bytes(Wording.error(Problem.FULL, "too many are connected: try again later"))));
        acceptors.add(acceptor);
        return acceptor.localAddress();
    }

    /** What it did so far. Any thread; the number of connections is exact on the loop's thread alone. */
    public LobbyCounters counters() {
        int connections = 0;
        for (Acceptor acceptor : acceptors) {
            connections += acceptor.openConnections();
        }
        return tally.snapshot(connections);
    }

    /** Members that have an alias. Loop thread. */
    public int members() {
        return lobby.memberCount();
    }

    /** Takes no more connections, tells the members good-bye and leaves the room. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            acceptors.forEach(Acceptor::close);
            lobby.close(loop.nowNanos());
            flushAll();
        }
    }

    private void scheduleTick() {
        loop.schedule(TICK_NANOS, () -> {
            if (!closed) {
                lobby.tick(loop.nowNanos());
                scheduleTick();
            }
        });
    }

    /** All that one turn has for a member is one write: a storm of lines does not become a storm of system calls. */
    private void flushSoon(LobbyConnection connection) {
        if (toFlush.isEmpty()) {
            loop.execute(this::flushAll);
        }
        toFlush.add(connection);
    }

    private void flushAll() {
        List<LobbyConnection> now = toFlush;
        toFlush = new ArrayList<>();
        now.forEach(LobbyConnection::flush);
    }
}
