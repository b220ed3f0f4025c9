package p101.rendezvous;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** Whatever is read as JSON, a reader that is not ours reads too, and what we write of it comes out the same. */
class JsonReaderFuzzTest {
    private static final int MAX_BYTES = 4_096;
    private static final String[] PARTS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\"a\"",
        "\"port\"",
        "true",
        "false",
        "null",
        "0",
        "-",
        "1.5e-3",
        "12",
        " ",
        "\n",
        "{\"a\":1}",
        "[1,2]",
        "é"
    };

    @FuzzTest
    void raw(byte[] data) {
        if (data != null && data.length <= MAX_BYTES) {
            check(data);
        }
    }

    @FuzzTest
    void typed(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        while (data.remainingBytes() > 0 && text.length() < MAX_BYTES / 4) {
            text.append(data.consumeInt(0, 9) == 0 ? data.consumeString(5) : data.pickValue(PARTS));
        }
        check(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void check(byte[] utf8) {
        Json read;
        try {
            read = p101.rendezvous.JsonReader.read(utf8);
        } catch (JsonException refused) {
            return;
        }
        JsonText again = new JsonText();
        write(read, again);
        try {
            Json twice = p101.rendezvous.JsonReader.read(again.toString());
            if (!twice.equals(read)) {
                throw new AssertionError(again + " is not what was read");
            }
        } catch (JsonException e) {
            throw new AssertionError(again.toString(), e);
        }
        if (!hasDoubles(read) && StandardCharsets.UTF_8.newEncoder().canEncode(strings(read))) {
            JsonReader other = new JsonReader(new StringReader(new String(utf8, StandardCharsets.UTF_8)));
            other.setStrictness(Strictness.STRICT);
            JsonElement theirs = JsonParser.parseReader(other);
            if (!theirs.equals(JsonParser.parseString(again.toString()))) {
                throw new AssertionError(theirs + " is not " + again);
            }
        }
    }

    /** The other reader refuses a name that stands there twice. */
    private static boolean hasDoubles(Json json) {
        if (json instanceof Json.Items items) {
            return items.values().stream().anyMatch(JsonReaderFuzzTest::hasDoubles);
        }
        return json instanceof Json.Members members
                && (members.all().stream().map(Json.Member::name).distinct().count()
                                < members.all().size()
                        || members.all().stream().anyMatch(member -> hasDoubles(member.value())));
    }

    /** All strings in a row; the other reader refuses half of a surrogate pair, which is refused here where a name is made of it. */
    private static String strings(Json json) {
        if (json instanceof Json.Text text) {
            return text.value() + ' ';
        }
        StringBuilder all = new StringBuilder();
        if (json instanceof Json.Items items) {
            items.values().forEach(item -> all.append(strings(item)));
        } else if (json instanceof Json.Members members) {
            members.all()
                    .forEach(member -> all.append(member.name()).append(' ').append(strings(member.value())));
        }
        return all.toString();
    }

    private static void write(Json json, JsonText to) {
        if (json instanceof Json.Text text) {
            to.quoted(text.value());
        } else if (json instanceof Json.Number number) {
            to.raw(number.literal());
        } else if (json instanceof Json.Literal literal) {
            to.raw(literal.word());
        } else if (json instanceof Json.Items items) {
            to.raw("[");
            for (int i = 0; i < items.values().size(); i++) {
                write(items.values().get(i), to.raw(i == 0 ? "" : ","));
            }
            to.raw("]");
        } else if (json instanceof Json.Members members) {
            to.raw("{");
            for (int i = 0; i < members.all().size(); i++) {
                Json.Member member = members.all().get(i);
                to.raw(i == 0 ? "" : ",").quoted(member.name()).raw(":");
                write(member.value(), to);
            }
            to.raw("}");
        }
    }
}
