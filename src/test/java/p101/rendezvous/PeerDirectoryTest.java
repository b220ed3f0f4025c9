package p101.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.MemoryRegistry;
import p101.registry.Outcome;
import p101.registry.OwnerId;
import p101.registry.Presence;
import p101.registry.Registry;
import p101.registry.RegistryLimits;
import p101.rendezvous.PeerDirectory.Result;

class PeerDirectoryTest {
    private static final InetAddress ANN = Peers.address("10.0.0.1");
    private static final InetAddress BEN = Peers.address("10.0.0.2");
    private static final InetAddress HERE = Peers.address("127.0.0.1");
    private static final long SECOND = 1_000_000_000L;

    private final MemoryRegistry registry = Peers.registry();
    private PeerDirectory directory = directory(registry, RendezvousLimits.DEFAULT, 1);
    private long nowNanos = -7 * SECOND;

    private static PeerDirectory directory(Registry registry, RendezvousLimits limits, long seed) {
        return new PeerDirectory(registry, limits, Randomness.seeded(seed));
    }

    @Test
    void whoRegistersIsAPeerThatOtherDoorsSee() {
        assertThat(register("ann", 5000, ANN)).isEqualTo(Result.CREATED);
        Presence seen = Peers.all(registry, nowNanos).get(0);
        assertThat(seen.peer()).isEqualTo(PeerName.of("ann"));
        assertThat(seen.owner().place()).isEqualTo(new Endpoint(ANN, 5000));
        assertThat(seen.owner().leased()).isFalse();
        assertThat(seen.introduction().host()).isEqualTo("lab");
    }

    @Test
    void theAddressIsTheSourceWhateverAPeerElsewhereSays() {
        register("ann", 5000, ANN);
        assertThat(shown("ann", BEN).address()).isEqualTo("10.0.0.1");
        register("here", 5000, HERE);
        assertThat(shown("here", BEN).address()).isEqualTo("192.0.2.9");
        directory.register(
                new Offer(name("local"), 5001, "", "127.0.0.1", false), HERE, nowNanos, PeerDirectoryTest::ignore);
        assertThat(shown("local", BEN).address()).isEqualTo("10.0.0.99");
        assertThat(shown("local", HERE).address()).isEqualTo("127.0.0.1");
    }

    @Test
    void aTakenNameStaysAndItsOwnAddressMayChangeIt() {
        register("ann", 5000, ANN);
        assertThat(register("ann", 5000, BEN)).isEqualTo(Result.TAKEN);
        assertThat(register("ann", 5000, ANN)).isEqualTo(Result.RENEWED);
        assertThat(register("ann", 5001, ANN)).isEqualTo(Result.RENEWED);
        assertThat(Peers.all(registry, nowNanos)).hasSize(1);
        assertThat(shown("ann", BEN).port()).isEqualTo(5001);
        assertThat(directory.size()).isOne();
    }

    @Test
    void aPeerOfAnotherDoorHasItsNameAndMayAddItsOwnPlace() {
        Peers.share(registry, "ann", "10.0.0.1:6010", "song", nowNanos);
        assertThat(register("ann", 5000, BEN)).isEqualTo(Result.TAKEN);
        assertThat(shown("ann", BEN).port()).isEqualTo(6010);
        assertThat(register("ann", 5000, ANN)).isEqualTo(Result.CREATED);
        assertThat(shown("ann", BEN).port()).isEqualTo(5000);
        Result[] left = new Result[1];
        directory.unregister(name("ann"), ANN, nowNanos, result -> left[0] = result);
        assertThat(left[0]).isEqualTo(Result.LEFT);
        assertThat(shown("ann", BEN).port()).isEqualTo(6010);
    }

    @Test
    void aLabelIsNotTheNameThatItStandsFor() {
        register("Computer-of-Leonardo", 5000, ANN);
        String label = name("Computer-of-Leonardo").peer().value();
        assertThat(register(label, 5001, BEN)).isEqualTo(Result.TAKEN);
        assertThat(shown("Computer-of-Leonardo", BEN).port()).isEqualTo(5000);
        assertThat(shown(label, BEN).name()).isEqualTo("Computer-of-Leonardo");
        Peers.share(registry, name("Other-long-name-of-a-peer").peer().value(), "10.0.0.3:1", "song", nowNanos);
        assertThat(chosen("Other-long-name-of-a-peer")).isNull();
    }

    @Test
    void bothKindsOfStayEnd() {
        register("ann", 5000, ANN);
        directory.register(new Offer(name("ben"), 5000, "", "", true), BEN, nowNanos, PeerDirectoryTest::ignore);
        pass(RendezvousLimits.DEFAULT.leaseSeconds() - 1);
        assertThat(chosen("ben")).isNotNull();
        pass(1);
        assertThat(chosen("ben")).isNull();
        pass(RendezvousLimits.DEFAULT.publishedSeconds() - RendezvousLimits.DEFAULT.leaseSeconds() - 1);
        assertThat(chosen("ann")).isNotNull();
        pass(1);
        assertThat(chosen("ann")).isNull();
        assertThat(directory.size()).isZero();
        assertThat(Peers.all(registry, nowNanos)).isEmpty();
        assertThat(register("ann", 5000, BEN)).isEqualTo(Result.CREATED);
    }

    @Test
    void theNumberOfPeersIsLimitedInAllAndForEachAddress() {
        directory = directory(registry, new RendezvousLimits(1, 1, 5, 3, 100, 100), 2);
        for (int i = 0; i < 3; i++) {
            assertThat(register("a" + i, 5000, ANN)).isEqualTo(Result.CREATED);
        }
        assertThat(register("a3", 5000, ANN)).isEqualTo(Result.NO_ROOM);
        assertThat(register("a2", 5001, ANN)).isEqualTo(Result.RENEWED);
        assertThat(register("b0", 5000, BEN)).isEqualTo(Result.CREATED);
        assertThat(register("b1", 5000, BEN)).isEqualTo(Result.CREATED);
        assertThat(register("c0", 5000, Peers.address("10.0.0.3"))).isEqualTo(Result.NO_ROOM);
        pass(100);
        assertThat(register("c0", 5000, Peers.address("10.0.0.3"))).isEqualTo(Result.CREATED);
        assertThat(directory.size()).isOne();
        assertThat(Peers.all(registry, nowNanos)).hasSize(1);
    }

    @Test
    void oneNetworkOfIpv6IsOneAddress() {
        directory = directory(registry, new RendezvousLimits(1, 1, 9, 2, 100, 100), 2);
        assertThat(register("a", 1, Peers.address("2001:db8::1"))).isEqualTo(Result.CREATED);
        assertThat(register("b", 1, Peers.address("2001:db8::2"))).isEqualTo(Result.CREATED);
        assertThat(register("c", 1, Peers.address("2001:db8::3"))).isEqualTo(Result.NO_ROOM);
        assertThat(register("c", 1, Peers.address("2001:db8:0:1::3"))).isEqualTo(Result.CREATED);
        assertThat(register("a", 1, Peers.address("2001:db8::2"))).isEqualTo(Result.TAKEN);
    }

    @Test
    void twoIndexesOfOneRegistryKnowEachOthersPeers() {
        PeerDirectory other = directory(registry, RendezvousLimits.DEFAULT, 77);
        register("ann", 5000, ANN);
        Result[] result = new Result[1];
        other.register(new Offer(name("ann"), 5002, "", "", false), BEN, nowNanos, done -> result[0] = done);
        assertThat(result[0]).isEqualTo(Result.TAKEN);
        other.register(new Offer(name("ann"), 5000, "", "", false), ANN, nowNanos, done -> result[0] = done);
        assertThat(result[0]).isEqualTo(Result.RENEWED);
        assertThat(Peers.all(registry, nowNanos)).hasSize(1);
        pass(RendezvousLimits.DEFAULT.publishedSeconds() - 1);
        other.register(new Offer(name("ann"), 5000, "", "", false), ANN, nowNanos, done -> result[0] = done);
        pass(1);
        directory.expire(nowNanos);
        assertThat(chosen("ann")).as("the first index lets go of its own alone").isNotNull();
    }

    @Test
    void aRegistryThatIsFullOrAwayIsNoRoom() {
        MemoryRegistry full =
                new MemoryRegistry(RegistryLimits.DEFAULT.withOwnersInAll(1), 60, 1_000_000L, Randomness.seeded(1));
        directory = directory(full, RendezvousLimits.DEFAULT, 1);
        assertThat(register("ann", 5000, ANN)).isEqualTo(Result.CREATED);
        assertThat(register("ben", 5000, BEN)).isEqualTo(Result.NO_ROOM);
        assertThat(directory.size()).isOne();
    }

    /** The outcomes of a registry on another machine come later, while other requests are decided. */
    @Test
    void outcomesMayComeLater() {
        Deque<Runnable> later = new ArrayDeque<>();
        Registry far = new Registry() {
            @Override
            public void apply(Command command, long now, Consumer<? super Outcome> outcome) {
                registry.apply(command, now, result -> later.add(() -> outcome.accept(result)));
            }

            @Override
            public byte[] cookieSecret() {
                return registry.cookieSecret();
            }
        };
        directory = directory(far, RendezvousLimits.DEFAULT, 1);
        List<Result> results = new ArrayList<>();
        directory.register(offer("ann", 5000), ANN, nowNanos, results::add);
        directory.register(offer("ben", 5000), BEN, nowNanos, results::add);
        assertThat(results).isEmpty();
        while (!later.isEmpty()) {
            later.poll().run();
        }
        assertThat(results).containsExactly(Result.CREATED, Result.CREATED);
        assertThat(Peers.all(registry, nowNanos)).hasSize(2);
    }

    @Test
    void aConnectionOfAnotherDoorIsNeverTakenForARegistration() {
        OwnerId lobby = OwnerId.ofConnection(4, new Endpoint(ANN, 8000));
        registry.apply(new Command.Refresh(lobby, 1, PeerName.of("ann")), nowNanos, outcome -> {});
        assertThat(register("ann", 5000, ANN)).isEqualTo(Result.CREATED);
        assertThat(Peers.all(registry, nowNanos)).hasSize(2);
        Result[] left = new Result[1];
        directory.unregister(name("ann"), ANN, nowNanos, result -> left[0] = result);
        assertThat(Peers.all(registry, nowNanos)).extracting(Presence::owner).containsExactly(lobby);
    }

    private Result register(String name, int port, InetAddress source) {
        Result[] result = new Result[1];
        directory.register(offer(name, port), source, nowNanos, done -> result[0] = done);
        return result[0];
    }

    private static Offer offer(String name, int port) {
        return new Offer(name(name), port, "lab", "192.0.2.9", false);
    }

    private static GivenName name(String text) {
        return GivenName.of(text).orElseThrow();
    }

    private static void ignore(Result result) {
        assertThat(result).isIn(Result.CREATED, Result.RENEWED);
    }

    private Presence chosen(String name) {
        Presence[] found = new Presence[1];
        directory.choose(name, nowNanos, presence -> found[0] = presence);
        return found[0];
    }

    private PeerView.Shown shown(String name, InetAddress asker) {
        return new PeerView(asker, Peers.address("10.0.0.99")).of(chosen(name));
    }

    private void pass(long seconds) {
        nowNanos += seconds * SECOND;
    }
}
