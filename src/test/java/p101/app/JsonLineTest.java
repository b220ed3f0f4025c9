package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    @Test
    void fieldsKeepTheirOrderAndTypes() {
        JsonLine line = new JsonLine()
                .add("name", "a \"quoted\" \\ name")
                .add("size", 281_474_976_710_655L)
                .add("complete", true)
                .add("path", (String) null)
                .add("sources", List.of(new JsonLine().add("peer", "alice"), new JsonLine()));
        assertThat(line.toString())
                .isEqualTo("{\"name\":\"a \\\"quoted\\\" \\\\ name\",\"size\":281474976710655,\"complete\":true,"
                        + "\"path\":null,\"sources\":[{\"peer\":\"alice\"},{}]}");
    }

    @Test
    void ordinaryLettersOfAllScriptsStayReadable() {
        assertThat(new JsonLine().add("n", "یادداشت 文件 😀 é").toString()).isEqualTo("{\"n\":\"یادداشت 文件 😀 é\"}");
    }

    @Test
    void everyTextComesBackAndNothingRawGoesOut() {
        SplittableRandom random = new SplittableRandom(101);
        for (int round = 0; round < 100_000; round++) {
            String text = randomText(random);
            String line = new JsonLine().add("n", text).toString();
            JsonObject read = JsonParser.parseString(line).getAsJsonObject();
            assertThat(read.get("n").getAsString()).isEqualTo(text);
            assertThat(line.codePoints().noneMatch(JsonLineTest::isRaw))
                    .as(line)
                    .isTrue();
        }
    }

    private static String randomText(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x100));
                case 1 -> text.append((char) random.nextInt(0x2000, 0x2100));
                case 2 -> text.append((char) random.nextInt(0xD700, 0x10000));
                default -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
            }
        }
        return text.toString();
    }

    /** What could move a cursor, hide or reorder text, or break a line. */
    static boolean isRaw(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
