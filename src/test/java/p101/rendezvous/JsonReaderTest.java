package p101.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void keysKeepTheirOrderAndTheirDoubles() throws JsonException {
        Json.Members read = (Json.Members)
                JsonReader.read(" {\"b\": \"1\",\t\"a\" : 2.50e+3 ,\"b\":[true,false , null,{}],\"\":-0}\r\n");
        assertThat(read.all())
                .containsExactly(
                        new Json.Member("b", new Json.Text("1")),
                        new Json.Member("a", new Json.Number("2.50e+3")),
                        new Json.Member(
                                "b",
                                new Json.Items(List.of(
                                        new Json.Literal("true"),
                                        new Json.Literal("false"),
                                        new Json.Literal("null"),
                                        new Json.Members(List.of())))),
                        new Json.Member("", new Json.Number("-0")));
        assertThat(read.named("b", 1)).isInstanceOf(Json.Items.class);
        assertThat(read.named("a", 2)).isNull();
        assertThat(read.named("a", 9)).isNull();
        assertThat(read.at(3)).isEqualTo(new Json.Number("-0"));
        assertThat(read.at(4)).isNull();
    }

    @Test
    void escapes() throws JsonException {
        assertThat(JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00\""))
                .isEqualTo(new Json.Text("\"\\/\b\f\n\r\té😀"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1}}",
                "{\"a\":1}x",
                "\"",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u１２３４\"",
                "\"\t\"",
                "\"\n\"",
                "01",
                "+1",
                "1.",
                ".5",
                "1e",
                "1e+",
                "-",
                "--1",
                "0x1",
                "tru",
                "True",
                "nul",
                "NaN",
                "// c\n1",
                "1 2",
                "\uFEFF1",
                "\u00A01",
                "[1 2]",
                "{\"a\" 1}",
                "{1:2}"
            })
    void whatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void bytesThatAreNotUtf8() {
        for (byte[] bytes : List.of(
                new byte[] {'"', (byte) 0xE9, '"'},
                new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'})) {
            assertThatThrownBy(() -> JsonReader.read(bytes)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void theDepthIsBounded() throws JsonException {
        int most = JsonReader.MAX_DEPTH;
        assertThat(JsonReader.read("[".repeat(most) + "]".repeat(most))).isInstanceOf(Json.Items.class);
        assertThatThrownBy(() -> JsonReader.read("[".repeat(most + 1) + "]".repeat(most + 1)))
                .hasMessageContaining("too deeply");
        assertThatThrownBy(() -> JsonReader.read("{\"a\":".repeat(HttpLimits.MAX_BODY_BYTES / 5)))
                .hasMessageContaining("too deeply");
    }

    @Test
    void whatIsWrittenIsAsciiAndReadTheSameByOthers() throws JsonException {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x3000; c++) {
            all.append((char) c);
        }
        all.appendCodePoint(0x1F600).append('\uFFFF').append('\uD800');
        String written = new JsonText().quoted(all.toString()).toString();
        assertThat(written.chars()).allMatch(c -> c >= ' ' && c < 0x7F);
        assertThat(JsonParser.parseString(written).getAsString()).isEqualTo(all.toString());
        assertThat(JsonReader.read(written.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Json.Text(all.toString()));
    }
}
