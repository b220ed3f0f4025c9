package p101.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import p101.model.AddressBits;

class SpoofGuardTest {
    private final SpoofGuard guard = new SpoofGuard(123_456_789);

    private static AddressBits bits(String address) {
        return AddressBits.of(IndexFixture.at(address, 1).address());
    }

    private void guess(String address, int times, long slot) {
        for (int i = 0; i < times; i++) {
            guard.wrongCookie(bits(address), slot);
        }
    }

    @Test
    void sixteenWrongCookiesMakeAnAddressSuspiciousUntilTheSlotTurns() {
        guess("10.0.0.1", SpoofGuard.MOST_WRONG - 1, 7);
        assertThat(guard.isSuspicious(bits("10.0.0.1"), 7)).isFalse();
        guess("10.0.0.1", 1, 7);
        assertThat(guard.isSuspicious(bits("10.0.0.1"), 7)).isTrue();
        assertThat(guard.isSuspicious(bits("10.0.0.2"), 7)).isFalse();
        assertThat(guard.isSuspicious(bits("10.0.0.1"), 8)).isFalse();
    }

    @Test
    void anIpv6NetworkCountsAsOne() {
        for (int i = 0; i < SpoofGuard.MOST_WRONG; i++) {
            guess("2001:db8:0:1::" + i, 1, 7);
        }
        assertThat(guard.isSuspicious(bits("2001:db8:0:1::ffff"), 7)).isTrue();
        assertThat(guard.isSuspicious(bits("2001:db8:0:2::1"), 7)).isFalse();
    }

    @Test
    void manyGuessesDoNotOverflow() {
        guess("10.0.0.1", 1_000, 7);
        assertThat(guard.isSuspicious(bits("10.0.0.1"), 7)).isTrue();
    }

    /** Two wrong cookies each from many addresses: hardly any counter reaches 16. */
    @Test
    void addressesAreSpread() {
        for (int i = 0; i < 20_000; i++) {
            guess("10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF), 2, 7);
        }
        int suspicious = 0;
        for (int i = 0; i < 20_000; i++) {
            suspicious +=
                    guard.isSuspicious(bits("10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF)), 7) ? 1 : 0;
        }
        assertThat(suspicious).isLessThan(20);
    }
}
