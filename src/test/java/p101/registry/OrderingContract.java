package p101.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.registry.RegistryFixture.peer;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever the network does to R, T, R', T' (loses, doubles, delays, swaps, within one cookie life), what counts is the newest of those
 * that arrived: nothing that was de-registered comes back. All histories up to a length are tried, not a sample.
 */
abstract class OrderingContract {
    private static final OwnerId HERE = peer(11, "10.0.0.1", 6010);
    private static final OwnerId THERE = peer(11, "10.0.0.9", 6011);
    private static final String PEER = "alice";
    private static final String FILE = "song";

    abstract Registry newRegistry(RegistryLimits limits, long unixSeconds);

    /** One message; its tx is its place in the peer's own order. */
    private interface Message {
        void arrive(RegistryFixture registry, int tx);
    }

    private static final Message R = (registry, tx) -> registry.register(HERE, tx, PEER, FILE);
    private static final Message T = (registry, tx) -> registry.remove(HERE, tx, PEER, FILE);
    private static final Message T_ALL = (registry, tx) -> registry.removeAll(HERE, tx);
    private static final Message R_THERE = (registry, tx) -> registry.register(THERE, tx, PEER, FILE);
    private static final Message T_THERE = (registry, tx) -> registry.remove(THERE, tx, PEER, FILE);

    @Test
    void theNewestOfRegistrationAndRemovalWins() {
        everyHistory(List.of(R, T, R, T), List.of(true, false, true, false), 7);
    }

    @Test
    void theNewestOfRegistrationAndQuittingWins() {
        everyHistory(List.of(R, T_ALL, R, T_ALL), List.of(true, false, true, false), 7);
        everyHistory(List.of(R, R, T_ALL, R), List.of(true, true, false, true), 7);
    }

    @Test
    void theNewestWinsAlsoWhenThePeerHasMoved() {
        everyHistory(List.of(R, R_THERE, T_THERE), List.of(true, true, false), 8);
        everyHistory(List.of(R, T_THERE, R_THERE), List.of(true, false, true), 8);
        everyHistory(List.of(R, R, R_THERE, T_THERE), List.of(true, true, true, false), 6);
    }

    /** Every sequence of arrivals of this length, doubles and losses included; checked after each arrival. */
    private void everyHistory(List<Message> messages, List<Boolean> registers, int length) {
        int histories = (int) Math.pow(messages.size(), length);
        for (int number = 0; number < histories; number++) {
            RegistryFixture registry = new RegistryFixture(newRegistry(RegistryLimits.DEFAULT, 1_700_000_000L));
            int newest = -1;
            int rest = number;
            for (int i = 0; i < length; i++) {
                int message = rest % messages.size();
                rest /= messages.size();
                messages.get(message).arrive(registry, 100 + message);
                newest = Math.max(newest, message);
                registry.advanceSeconds(5);
                if (registry.has(FILE) != registers.get(newest)) {
                    assertThat(registry.has(FILE))
                            .as("history %d after %d arrivals, newest %d", number, i + 1, newest)
                            .isEqualTo(registers.get(newest));
                }
            }
        }
    }
}
