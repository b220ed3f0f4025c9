package p101.app;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import p101.index.IndexConfig;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.registry.Registry;
import p101.room.Room;
import p101.room.RoomLimits;

/** The further doors of an index: the protocols that it speaks beside PDUs, all on one thread of their own. Any thread. */
final class IndexDoors implements AutoCloseable {
    /** All there are, in the order in which they are shown. */
    private static final List<DoorKind> KINDS =
            List.of(new P2pciDoor(), new RendezvousDoor(), new LobbyDoor(), new OverlayDoor());

    private static final long CLOSE_MILLIS = 1_000;

    private final EventLoop loop;
    private final Map<DoorKind, Standing> standing = new LinkedHashMap<>();
    private Thread thread;

    /** @param port that it listens on, on every address */
    private record Standing(OpenDoor door, int port) {}

    private IndexDoors(EventLoop loop) {
        this.loop = loop;
    }

    /** The options of all kinds of doors. */
    static List<Option> options() {
        List<Option> options = new ArrayList<>();
        for (DoorKind kind : KINDS) {
            options.add(kind.option());
            options.addAll(kind.moreOptions());
        }
        return options;
    }

    /**
     * Opens the doors that the command line asks for, on the addresses that the index answers on.
     *
     * @param stateFolder where a door may keep files
     * @throws CommandFailure when a port is in use, or an option is wrong
     * @throws IOException when the operating system refuses otherwise
     */
    static IndexDoors open(Arguments arguments, IndexConfig config, Registry registry, Path stateFolder, EventLog log)
            throws CommandFailure, IOException {
        EventLoop loop = new EventLoop(System::nanoTime, log::failure);
        IndexDoors doors = new IndexDoors(loop);
        boolean opened = false;
        try {
            Room room = new Room(Clock.SYSTEM, RoomLimits.DEFAULT, log::failure);
            DoorSetting setting = new DoorSetting(loop, config, registry, room, arguments, stateFolder, log);
            for (DoorKind kind : KINDS) {
                if (arguments.has(kind.option())) {
                    doors.open(kind, setting);
                }
            }
            doors.start();
            opened = true;
            return doors;
        } finally {
            if (!opened) {
                loop.close();
            }
        }
    }

    private void open(DoorKind kind, DoorSetting setting) throws CommandFailure, IOException {
        int port = port(kind, setting.arguments());
        OpenDoor door = kind.open(setting);
        standing.put(
                kind,
                new Standing(door, listenEverywhere(kind, door, setting.config().bind(), port)));
    }

    private static int port(DoorKind kind, Arguments arguments) throws CommandFailure {
        String text = arguments.text(kind.option());
        return text == null || text.isEmpty() ? kind.defaultPort() : (int) arguments.number(kind.option(), 0, 65_535);
    }

    /** Port 0 becomes the same free port everywhere. */
    private static int listenEverywhere(DoorKind kind, OpenDoor door, List<InetAddress> bind, int port)
            throws CommandFailure, IOException {
        if (bind.isEmpty()) {
            return listen(kind, door, new InetSocketAddress(port));
        }
        int chosen = port;
        for (InetAddress address : bind) {
            chosen = listen(kind, door, new InetSocketAddress(address, chosen));
        }
        return chosen;
    }

    private static int listen(DoorKind kind, OpenDoor door, InetSocketAddress local)
            throws CommandFailure, IOException {
        try {
            return door.listen(local).getPort();
        } catch (BindException inUse) {
            throw new CommandFailure(
                    ExitCode.IN_USE,
                    "TCP port " + local.getPort() + " is in use by another program: choose another one with "
                            + kind.option().name() + "=PORT",
                    inUse);
        }
    }

    private void start() {
        if (!standing.isEmpty()) {
            thread = new Thread(loop::run, "p101-doors");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Tells of each open door what it is called and where it listens. */
    void announce(Consumer<String> lines) {
        standing.forEach((kind, open) -> lines.accept(kind.label() + " on TCP port " + open.port));
    }

    /** Adds the port of each open door. */
    void announce(JsonLine line) {
        standing.forEach((kind, open) -> line.add(kind.key() + "_port", open.port));
    }

    void addCounters(Map<String, String> fields) {
        Map<String, Long> sums = new LinkedHashMap<>();
        standing.forEach((kind, open) ->
                open.door.counters((name, count) -> sums.merge(kind.key() + "_" + name, count, Long::sum)));
        sums.forEach((name, sum) -> fields.put(name, Long.toString(sum)));
    }

    /** Lets the doors say good-bye, then ends every connection. */
    @Override
    public void close() {
        try {
            if (thread != null && thread.isAlive()) {
                letLeave();
            }
            loop.close();
            if (thread != null) {
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void letLeave() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        loop.execute(() -> {
            standing.values().forEach(open -> open.door.leave());
            left.countDown();
        });
        left.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
