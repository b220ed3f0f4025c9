package p101.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import p101.model.AddressBits;
import p101.registry.Registry;

class CookiesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final AddressBits ALICE = AddressBits.of(IndexFixture.ALICE.address());

    private final Cookies cookies = new Cookies(secret(1), 0);

    private static byte[] secret(int seed) {
        byte[] secret = new byte[Registry.SECRET_BYTES];
        new SplittableRandom(seed).nextBytes(secret);
        return secret;
    }

    @Test
    void aCookieIsTheBeginningOfAnHmac() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret(1), "HmacSHA256"));
        ByteBuffer message = ByteBuffer.allocate(26)
                .putLong(28_333_333)
                .putLong(0)
                .putInt(0xFFFF)
                .put(new byte[] {10, 0, 0, 1})
                .putShort((short) 50_001);
        int expected = ByteBuffer.wrap(mac.doFinal(message.array())).getInt();
        Cookies since1970 = new Cookies(secret(1), 1_700_000_000L * SECOND - 5);
        assertThat(since1970.fresh(ALICE, 50_001, 5)).isEqualTo(expected);
    }

    @Test
    void aCookieLivesForOneToTwoSlots() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 2_000; i++) {
            long born = random.nextLong(-1_000, 1_000) * SECOND + random.nextLong(SECOND);
            int cookie = cookies.fresh(ALICE, 1, born);
            assertThat(cookies.isValid(cookie, ALICE, 1, born + 60 * SECOND)).isTrue();
            assertThat(cookies.isValid(cookie, ALICE, 1, born + 120 * SECOND)).isFalse();
            assertThat(cookies.isValid(cookie, ALICE, 1, born - 60 * SECOND)).isFalse();
        }
    }

    @Test
    void noOtherAddressPortSlotOrSecretTakesIt() {
        SplittableRandom random = new SplittableRandom(3);
        Cookies others = new Cookies(secret(2), 0);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            AddressBits source = new AddressBits(random.nextLong(), random.nextLong());
            int port = 1 + random.nextInt(65_535);
            long now = random.nextLong(1L << 50);
            int cookie = cookies.fresh(source, port, now);
            AddressBits neighbour = random.nextBoolean()
                    ? new AddressBits(source.high(), source.low() ^ 1L << random.nextInt(64))
                    : new AddressBits(source.high() ^ 1L << random.nextInt(64), source.low());
            assertThat(cookies.isValid(cookie, source, port, now)).isTrue();
            accepted += cookies.isValid(cookie, neighbour, port, now) ? 1 : 0;
            accepted += cookies.isValid(cookie, source, port ^ 1, now) ? 1 : 0;
            accepted += cookies.isValid(cookie, source, port, now + 120 * SECOND) ? 1 : 0;
            accepted += others.isValid(cookie, source, port, now) ? 1 : 0;
        }
        // One guess in 2^31 may hit; 80,000 of them hit with a chance of 4 in 100,000.
        assertThat(accepted).isZero();
    }

    @Test
    void zeroIsNoCookie() {
        for (int port = 1; port < 65_536; port++) {
            assertThat(cookies.fresh(ALICE, port, 0) != 0).isTrue();
            assertThat(cookies.isValid(0, ALICE, port, 0)).isFalse();
        }
    }

    /** Eight bits at a time, over all bytes: a chi-square sum of 255 degrees of freedom stays below 400 but for one time in 10^7. */
    @Test
    void cookiesAreEvenlySpread() {
        int[][] counts = new int[4][256];
        int sources = 1 << 16;
        for (int i = 0; i < sources; i++) {
            int cookie = cookies.fresh(new AddressBits(0, i), 1, 0);
            for (int part = 0; part < 4; part++) {
                counts[part][cookie >>> 8 * part & 0xFF]++;
            }
        }
        for (int[] part : counts) {
            double expected = sources / 256.0;
            double chiSquare = 0;
            for (int count : part) {
                chiSquare += (count - expected) * (count - expected) / expected;
            }
            assertThat(chiSquare).isLessThan(400);
        }
    }

    @Test
    void rememberedCookiesAreTheSameAsComputedOnes() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            AddressBits source = new AddressBits(0, random.nextInt(3_000));
            int port = 1 + random.nextInt(3);
            long now = i * SECOND / 100;
            assertThat(cookies.fresh(source, port, now)).isEqualTo(new Cookies(secret(1), 0).fresh(source, port, now));
        }
    }
}
