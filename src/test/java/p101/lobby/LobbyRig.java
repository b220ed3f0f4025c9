package p101.lobby;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.MemoryRegistry;
import p101.registry.Outcome;
import p101.registry.RegistryLimits;
import p101.room.Room;
import p101.room.RoomLimits;
import p101.testing.LoopRig;
import p101.testing.PlainSocket;

/** A lobby with sockets on the loop of a {@link LoopRig}, and people who are in it. */
final class LobbyRig implements AutoCloseable {
    private final LoopRig rig = new LoopRig();
    final MemoryRegistry registry =
            new MemoryRegistry(RegistryLimits.DEFAULT, 60, 1_000_000_000L, Randomness.seeded(101));
    final Room room = new Room(Clock.SYSTEM, RoomLimits.DEFAULT, rig::onFailure);
    final LobbyServer server;
    final InetSocketAddress address;

    LobbyRig(LobbyLimits limits) throws IOException {
        server = LobbyServer.open(
                rig.loop, LobbySetting.of(registry, room, Randomness.seeded(7)).withLimits(limits));
        address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    EventLoop loop() {
        return rig.loop;
    }

    void turn(int times) {
        rig.turn(times);
    }

    void move(long nanos) {
        rig.move(nanos);
    }

    void until(String what, BooleanSupplier condition) {
        rig.until(what, condition);
    }

    Outcome.Totals totals() {
        Outcome.Totals[] totals = new Outcome.Totals[1];
        registry.apply(new Command.Count(), rig.nowNanos(), outcome -> totals[0] = (Outcome.Totals) outcome);
        return totals[0];
    }

    PlainSocket connect() {
        return connect(address);
    }

    PlainSocket connect(InetSocketAddress to) {
        return rig.connectUnaccepted(to);
    }

    /** Somebody who has joined, and seen that. */
    PlainSocket member(String alias) {
        PlainSocket person = connect();
        person.push("/setNick " + alias + "\n");
        person.await("OK you are " + alias);
        person.clear();
        return person;
    }

    @Override
    public void close() {
        rig.close();
    }
}
