package p101.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.FileName;
import p101.model.PeerName;

/** spec/LOBBY.md, sections 2, 3 and 5. */
class OrderParserTest {
    private final OrderParser parser = new OrderParser(3);

    private static List<FileName> files(String... names) {
        return java.util.Arrays.stream(names).map(FileName::of).toList();
    }

    private void refused(String line, Problem problem) {
        assertThat(parser.parse(line)).isInstanceOfSatisfying(Order.Wrong.class, wrong -> {
            assertThat(wrong.problem()).as(line).isEqualTo(problem);
            assertThat(wrong.text()).doesNotContain("\n").isNotBlank();
        });
    }

    @Test
    void namesWithBlanksAreQuoted() {
        assertThat(parser.parse("/register \"ann lee\" 6010 \"my song.ogg\" b.txt"))
                .isEqualTo(new Order.Register(PeerName.of("ann lee"), 6010, files("my song.ogg", "b.txt")));
        assertThat(parser.parse("/setSharedFiles \"say \"\"hi\"\".txt\""))
                .isEqualTo(new Order.SetSharedFiles(files("say \"hi\".txt")));
        assertThat(parser.parse("/register\tann  0  ")).isEqualTo(new Order.Register(PeerName.of("ann"), 0, List.of()));
        assertThat(parser.parse("/setsharedfiles")).isEqualTo(new Order.SetSharedFiles(List.of()));
        refused("/setSharedFiles \"a", Problem.SYNTAX);
        refused("/setSharedFiles \"a\"b", Problem.SYNTAX);
    }

    @Test
    void whereOneNameStandsBlanksNeedNoQuotes() {
        assertThat(parser.parse("/setNick ann lee")).isEqualTo(new Order.SetNick(PeerName.of("ann lee")));
        assertThat(parser.parse("/SETNICK \"ann lee\"")).isEqualTo(new Order.SetNick(PeerName.of("ann lee")));
        assertThat(parser.parse("/fetch my song.ogg")).isEqualTo(new Order.Fetch(FileName.of("my song.ogg")));
        assertThat(parser.parse("/query  a b ")).isEqualTo(new Order.Query("a b"));
        assertThat(parser.parse("/query")).isEqualTo(new Order.Query(""));
        assertThat(parser.parse("/kick ann lee")).isEqualTo(new Order.Kick(PeerName.of("ann lee")));
    }

    @Test
    void everythingElseIsSaid() {
        assertThat(parser.parse("  hello\tall ")).isEqualTo(new Order.Say("hello all"));
        assertThat(parser.parse("//etc is a folder")).isEqualTo(new Order.Say("/etc is a folder"));
        assertThat(parser.parse(" /who")).isEqualTo(new Order.Say("/who"));
        assertThat(parser.parse("a\rb\u001b[2J\u202e")).isEqualTo(new Order.Say("a\\u{d}b\\u{1b}[2J\\u{202e}"));
        assertThat(parser.parse(" \t ")).isInstanceOf(Order.Nothing.class);
        assertThat(parser.parse("")).isInstanceOf(Order.Nothing.class);
    }

    @Test
    void whatIsSaidHasALimitAfterItWasMadeSafe() {
        String most = "x".repeat(LobbyLimits.TEXT_BYTES);
        assertThat(parser.parse(most)).isEqualTo(new Order.Say(most));
        refused(most + "x", Problem.TOO_LONG);
        refused("é".repeat(LobbyLimits.TEXT_BYTES / 2 + 1), Problem.TOO_LONG);
        refused("\u001b".repeat(LobbyLimits.TEXT_BYTES / 6 + 1), Problem.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/foo", "/", "/ hello", "/registers a 1", "/pro\u001b"})
    void anUnknownWordIsAnError(String line) {
        refused(line, Problem.UNKNOWN);
    }

    @Test
    void aSlipOfThePenDoesNotRepeatTheSecret() {
        assertThat(((Order.Wrong) parser.parse("/por correct horse battery")).text())
                .doesNotContain("horse");
        assertThat(String.valueOf(parser.parse("/pro correct horse battery"))).doesNotContain("horse");
        assertThat(((Order.Pro) parser.parse("/pro  correct horse ")).secret()).isEqualTo("correct horse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/register; SYNTAX",
                "/register ann; SYNTAX",
                "/register ann x; SYNTAX",
                "/register ann -1; SYNTAX",
                "/register ann 65536; SYNTAX",
                "/register ann 006010; SYNTAX",
                "/register ann 99999999999; SYNTAX",
                "/register ann ٦; SYNTAX",
                "/register ann 1 a b c d; LIMIT",
                "/setSharedFiles a b c d; LIMIT",
                "/register ann 1 ../x; NAME",
                "/register ann 1 .hidden; NAME",
                "/register ann 1 CON; NAME",
                "/register a/b 1; NAME",
                "/setNick; SYNTAX",
                "/setNick seventeen-letters; NAME",
                "/setNick a:b; NAME",
                "/setNick a|b; NAME",
                "/setNick [x]; NAME",
                "/setNick *; NAME",
                "/setNick OK; NAME",
                "/setNick error me; NAME",
                "/setNick End; NAME",
                "/setNick Online Users; NAME",
                "/setNick x listens at; NAME",
                "/fetch; SYNTAX",
                "/fetch a/b; NAME",
                "/pro; SYNTAX",
                "/kick; SYNTAX",
                "/who me; SYNTAX",
                "/showall x; SYNTAX",
                "/ping x; SYNTAX",
                "/keepalive x; SYNTAX"
            })
    void whatIsWrongIsTold(String line, Problem problem) {
        refused(line, problem);
    }

    @Test
    void theFirstIllegalPortIsRefusedAndTheLastLegalOneIsNot() {
        assertThat(parser.parse("/register ann 65535")).isInstanceOf(Order.Register.class);
        assertThat(parser.parse("/register ann 0")).isInstanceOf(Order.Register.class);
    }

    @Test
    void aLongNameTravelsUnderItsLabel() {
        Order.Fetch fetch = (Order.Fetch) parser.parse("/fetch " + "a".repeat(60) + ".txt");
        assertThat(fetch.file().fitsPdu()).isTrue();
        assertThat(fetch.file().value()).endsWith(".txt").contains("~");
    }

    @Test
    void namesAreOneWhateverTheirFormWas() {
        assertThat(parser.parse("/setNick e\u0301va")).isEqualTo(new Order.SetNick(PeerName.of("éva")));
        assertThat(parser.parse("/query e\u0301")).isEqualTo(new Order.Query("é"));
    }

    @Test
    void aNameThatCouldBeTakenForAnAnswerIsQuotedThere() {
        assertThat(Words.shown("ann lee")).isEqualTo("ann lee");
        assertThat(Words.shown("a => b")).isEqualTo("\"a => b\"");
        assertThat(Words.shown("a | \"b\"")).isEqualTo("\"a | \"\"b\"\"\"");
        assertThat(Words.of(Words.shown("a | \"b\""))).containsExactly("a | \"b\"");
    }

    @Test
    void aTooLongLineIsDroppedAndTheNextOneIsUnderstood() {
        for (int step : List.of(1, 7, 100_000)) {
            LobbyLines lines = new LobbyLines(parser);
            byte[] bytes = ("x".repeat(LobbyLimits.LINE_BYTES + 1) + "\r\n/who\n").getBytes();
            java.util.ArrayList<Object> orders = new java.util.ArrayList<>();
            for (int at = 0; at < bytes.length; at += step) {
                var in = java.nio.ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at));
                for (Order order = lines.next(in); order != null; order = lines.next(in)) {
                    orders.add(order instanceof Order.Wrong wrong ? wrong.problem() : order);
                }
            }
            assertThat(orders).as("step " + step).containsExactly(Problem.TOO_LONG, new Order.Who());
        }
    }

    @Test
    void whatIsNotUtf8IsNoLine() {
        LobbyLines lines = new LobbyLines(parser);
        var in = java.nio.ByteBuffer.wrap(new byte[] {'a', (byte) 0xC3, '\n', '/', 'w', 'h', 'o'});
        assertThat(((Order.Wrong) lines.next(in)).problem()).isEqualTo(Problem.NOT_UTF8);
        assertThat(lines.next(in)).isNull();
        assertThat(lines.onEndOfInput()).isEqualTo(new Order.Who());
        assertThat(lines.onEndOfInput()).isNull();
    }
}
