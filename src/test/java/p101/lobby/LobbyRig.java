package p101.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

/** A lobby with sockets on a loop that the test turns, a clock that it moves, and plain connections: all in one thread. */
final class LobbyRig implements AutoCloseable {
    private static final ByteBuffer BUFFER = ByteBuffer.allocate(262_144);
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private final List<Throwable> failures = new ArrayList<>();
    private final List<Person> persons = new ArrayList<>();
    private long nowNanos;
    final EventLoop loop = new EventLoop(() -> nowNanos, failures::add);
    final MemoryRegistry registry =
            new MemoryRegistry(RegistryLimits.DEFAULT, 60, 1_000_000_000L, Randomness.seeded(101));
    final Room room = new Room(Clock.SYSTEM, RoomLimits.DEFAULT, failures::add);
    final LobbyServer server;
    final InetSocketAddress address;

    LobbyRig(LobbyLimits limits) throws IOException {
        server = LobbyServer.open(
                loop, LobbySetting.of(registry, room, Randomness.seeded(7)).withLimits(limits));
        address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    void turn(int times) {
        for (int i = 0; i < times; i++) {
            loop.runOnce(0);
        }
    }

    void move(long nanos) {
        nowNanos += nanos;
        turn(5);
    }

    void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            loop.runOnce(1_000_000);
            assertThat(System.nanoTime()).as("waiting in vain for: " + what).isLessThan(deadline);
        }
    }

    Outcome.Totals totals() {
        Outcome.Totals[] totals = new Outcome.Totals[1];
        registry.apply(new Command.Count(), nowNanos, outcome -> totals[0] = (Outcome.Totals) outcome);
        return totals[0];
    }

    Person connect() {
        return connect(address);
    }

    Person connect(InetSocketAddress to) {
        try {
            Person person = new Person(SocketChannel.open(to));
            persons.add(person);
            return person;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody who has joined, and seen that. */
    Person member(String alias) {
        Person person = connect();
        person.send("/setNick " + alias + "\n");
        person.await("OK you are " + alias);
        person.clear();
        return person;
    }

    @Override
    public void close() {
        persons.forEach(Person::close);
        loop.close();
        assertThat(failures).isEmpty();
    }

    /** A plain connection. */
    final class Person {
        final SocketChannel channel;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private boolean ended;

        private Person(SocketChannel channel) throws IOException {
            this.channel = channel;
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }

        void send(String text) {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) {
            ByteBuffer out = ByteBuffer.wrap(bytes);
            until("room to send", () -> {
                write(out);
                return !out.hasRemaining();
            });
        }

        void write(ByteBuffer out) {
            try {
                channel.write(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits for a text, and gives all that came. */
        String await(String text) {
            until(text + " in " + seen(), () -> seen().contains(text));
            return seen();
        }

        void clear() {
            received.reset();
        }

        /** All that came since {@link #clear}. */
        String seen() {
            read();
            return received.toString(StandardCharsets.UTF_8);
        }

        void awaitEnd() {
            until("the end", this::isEnded);
        }

        boolean isEnded() {
            read();
            return ended;
        }

        void endOutput() {
            try {
                channel.shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void reset() {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            close();
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read() {
            try {
                for (int count = ended ? 0 : channel.read(BUFFER.clear());
                        count != 0;
                        count = channel.read(BUFFER.clear())) {
                    if (count < 0) {
                        ended = true;
                        return;
                    }
                    received.write(BUFFER.array(), 0, count);
                }
            } catch (IOException e) {
                ended = true;
            }
        }
    }
}
