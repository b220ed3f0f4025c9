package p101.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and addresses that peers give themselves. */
class GivenTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "Leonardo", "José", "名前名前名", "a.b-c_d", "sixteen.bytes.ok"})
    void aNameThatFitsIsThePeerName(String name) {
        assertThat(GivenName.of(name).orElseThrow().peer().value()).isEqualTo(name);
    }

    @Test
    void aNameThatDoesNotFitStandsUnderALabel() {
        // The digits are the beginning of: printf %s NAME | sha256sum
        assertThat(label("Computer-of-Leonardo")).isEqualTo("Compute~8d108283");
        assertThat(label("a/b:c")).startsWith("abc~").hasSize(12);
        assertThat(label("名前".repeat(10))).startsWith("~").hasSize(9);
        assertThat(label("x".repeat(64))).startsWith("xxxxxxx~").isNotEqualTo(label("x".repeat(63)));
        assertThat(label("trailing.")).startsWith("trailin~");
    }

    private static String label(String name) {
        GivenName given = GivenName.of(name).orElseThrow();
        assertThat(given.text()).isEqualTo(name);
        return given.peer().value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\tb",
                "a\r",
                "a\n",
                "a\u0000",
                "a\u00a0b",
                "a\u200eb",
                "a\u2028",
                "\ud800",
                "a\u202eb",
                "a\u007f",
                "a\u0085b"
            })
    void whatIsNoName(String name) {
        assertThat(GivenName.of(name)).isEmpty();
    }

    @Test
    void theLengthOfANameIsBounded() {
        assertThat(GivenName.of("x".repeat(64))).isPresent();
        assertThat(GivenName.of("x".repeat(65))).isEmpty();
        assertThat(GivenName.of("é".repeat(32))).isPresent();
        assertThat(GivenName.of("é".repeat(33))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.20,true",
        "10.0.0.1,true",
        "2001:db8::1,true",
        "::ffff:10.0.0.1,true",
        "127.0.0.1,false",
        "127.9.9.9,false",
        "::1,false",
        "::ffff:127.0.0.1,false",
        "0.0.0.0,false",
        "::,false",
        "255.255.255.255,false",
        "224.0.0.1,false",
        "ff02::1,false",
        "256.1.1.1,false",
        "1.2.3,false",
        "1.2.3.4.5,false",
        "010.0.0.1,false",
        "1.2.3.4 ,true",
        "a.b.c.d,false",
        "localhost,false",
        "example.org,false",
        "fe80::1%eth0,false",
        "1:2,false",
        "::::,false",
        ":,false",
        "16843009,false",
        "0x7f.1,false"
    })
    void addressesInDigitsThatAPeerCanHave(String text, boolean showable) {
        assertThat(GivenAddress.isShowable(text.strip())).isEqualTo(showable);
    }

    @Test
    void hosts() {
        assertThat(Offer.isHost("")).isTrue();
        assertThat(Offer.isHost("lab-3.example.org")).isTrue();
        assertThat(Offer.isHost("x".repeat(255))).isTrue();
        assertThat(Offer.isHost("x".repeat(256))).isFalse();
        assertThat(Offer.isHost("a b")).isFalse();
        assertThat(Offer.isHost("a\r\nids: x")).isFalse();
    }

    @Test
    void pathEscapesGoBothWays() {
        for (String name : new String[] {"alice", "José", "a/b?c#d%", "~*'\"\\", "名"}) {
            assertThat(Escapes.decode(Escapes.encode(name))).isEqualTo(name);
        }
        assertThat(Escapes.decode("%4")).isEmpty();
        assertThat(Escapes.decode("%")).isEmpty();
        assertThat(Escapes.decode("%E9")).isEmpty();
        assertThat(Escapes.decode("%+1")).isEmpty();
    }
}
