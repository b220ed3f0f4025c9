package p101.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.MemoryRegistry;
import p101.registry.Outcome;
import p101.registry.OwnerId;
import p101.registry.Registration;
import p101.registry.RegistryLimits;
import p101.room.Room;
import p101.room.RoomLimits;

/** A lobby without sockets: persons type lines and see what comes, on a clock that the test moves. */
final class LobbyWorld implements Clock {
    static final long SECOND = 1_000_000_000L;
    private static final InetAddress INDEX = address("10.0.0.200");

    final List<Throwable> failures = new ArrayList<>();
    final List<String> journal = new ArrayList<>();
    final MemoryRegistry registry;
    final Room room;
    final Lobby lobby;
    final LobbyTally tally = new LobbyTally();
    private final LobbyLimits limits;
    private long nowNanos = Long.MAX_VALUE - 5_000 * SECOND;
    private int tx = 1_000_000;

    LobbyWorld() {
        this(LobbyLimits.DEFAULT, Privileges.none(), RegistryLimits.DEFAULT);
    }

    LobbyWorld(LobbyLimits limits, Privileges privileges, RegistryLimits registryLimits) {
        this.limits = limits;
        registry = new MemoryRegistry(registryLimits, 60, 1_000_000_000L, Randomness.seeded(101));
        room = new Room(this, RoomLimits.DEFAULT, failures::add);
        LobbySetting setting = new LobbySetting(
                registry,
                room,
                limits,
                privileges,
                (event, text) -> journal.add(event + " " + text),
                Optional.empty(),
                Randomness.seeded(7));
        lobby = new Lobby(setting, () -> nowNanos, tally);
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public long unixMillis() {
        return 1_700_000_000_000L;
    }

    /** Moves the clock, a second at a time, as the server's ticks do. */
    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nowNanos += SECOND;
            lobby.tick(nowNanos);
        }
    }

    Person enter(String address) {
        Person person = new Person();
        person.member = lobby.enter(new Endpoint(address(address), 40_000), INDEX, person, nowNanos);
        person.seen();
        return person;
    }

    /** A person who has a name. */
    Person member(String address, String alias) {
        Person person = enter(address);
        assertThat(person.type("/setNick " + alias)).startsWith("OK you are " + alias);
        person.seen();
        return person;
    }

    /** What a PDU peer would have registered. */
    Outcome share(String place, String peer, String file, int flags) {
        Outcome[] result = new Outcome[1];
        registry.apply(
                new Command.Register(
                        OwnerId.leased(peer.hashCode() | 1L, endpoint(place)),
                        ++tx,
                        PeerName.of(peer),
                        FileName.of(file),
                        new ContentId(file.hashCode()),
                        10,
                        flags,
                        Extras.NONE),
                nowNanos,
                outcome -> result[0] = outcome);
        return result[0];
    }

    /** Every row of the registry: {@code ip:port | peer => file}. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (Registration row : registrations()) {
            rows.add(row.owner().place() + " | " + row.peer() + " => " + row.file());
        }
        return rows;
    }

    List<Registration> registrations() {
        List<Registration> rows = new ArrayList<>();
        registry.apply(
                new Command.Walk(0, 10_000, ""), nowNanos, outcome -> rows.addAll(((Outcome.Listed) outcome).rows()));
        return rows;
    }

    Outcome.Totals totals() {
        Outcome.Totals[] totals = new Outcome.Totals[1];
        registry.apply(new Command.Count(), nowNanos, outcome -> totals[0] = (Outcome.Totals) outcome);
        return totals[0];
    }

    static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        return new Endpoint(address(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Somebody at the other end of a connection. */
    final class Person implements Outbox {
        final StringBuilder lines = new StringBuilder();
        Member member;
        boolean hungUp;
        boolean dropped;
        boolean stalled;
        private final LobbyLines in = new LobbyLines(new OrderParser(limits.filesPerMember()));

        /** Types a line; gives what is seen from then on. */
        String type(String line) {
            lines.setLength(0);
            feed((line + "\n").getBytes(StandardCharsets.UTF_8));
            return lines.toString();
        }

        /** What came since something was typed last. */
        String seen() {
            String seen = lines.toString();
            lines.setLength(0);
            return seen;
        }

        void feed(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            for (Order order = in.next(buffer); order != null; order = in.next(buffer)) {
                handle(order);
            }
        }

        /** Sends no more: what stands without an end is a line too. */
        void end() {
            Order order = in.onEndOfInput();
            if (order != null) {
                handle(order);
            }
        }

        void handle(Order order) {
            Work work = member.handle(order, nowNanos);
            boolean[] last = {work == null};
            while (!last[0]) {
                work.next(nowNanos, part -> {
                    lines.append(part.text());
                    last[0] = part.last();
                });
            }
        }

        void leave() {
            member.leave("hung up", nowNanos);
        }

        @Override
        public void send(byte[] line) {
            if (!hungUp && !dropped) {
                lines.append(new String(line, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void hangUp() {
            hungUp = true;
        }

        @Override
        public void drop() {
            dropped = true;
        }

        @Override
        public boolean isStalled(long now) {
            return stalled;
        }
    }
}
