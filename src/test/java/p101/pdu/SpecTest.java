package p101.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the specification and the code say the same, and its worked exchanges are PDUs. */
class SpecTest {
    private static final Path SPEC = Path.of("spec", "PDU.md");
    private static final int MAX_LINE = 120;
    private static final List<String> LINES = lines();

    /** A field as the summary on the first page writes it: {@code 27:8 content id}. */
    private static final Pattern SUMMARY_FIELD = Pattern.compile("(\\d+):(\\d+) ([a-zA-Z ]+)");

    @Test
    void theLinesCanBeReadInAnyWindow() {
        assertThat(LINES).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(MAX_LINE));
    }

    @Test
    void theTypesAreThoseOfTheCode() {
        List<String> code = new ArrayList<>();
        for (PduType type : PduType.values()) {
            String channel = switch (type.channel()) {
                case TO_INDEX -> "UDP to the index";
                case FROM_INDEX -> "UDP from the index";
                case TCP -> "TCP";
            };
            code.add(type + " " + (char) type.code() + " " + channel);
        }
        List<String> spec = tableAfter("## 2. Types and channels").stream()
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
                .toList();
        assertThat(spec).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource
    void theLayoutIsThatOfTheCode(PduType type) {
        int at = lineOf(line -> line.startsWith("Layout of") && line.contains("`" + type + "`")
                || line.contains("the layout of `" + type + "`"));
        List<PduField> spec = new ArrayList<>();
        if (LINES.get(at).contains("after the head")) {
            spec.addAll(fields(tableAfter("### 3.1 The head")));
        }
        spec.addAll(fields(tableFrom(at)));
        assertThat(spec).isEqualTo(PduLayout.of(type));
        assertThat(spec.get(spec.size() - 1).end()).isEqualTo(PduLayout.PDU_BYTES);
    }

    @Test
    void theFirstPageHasTheFieldsOfTheTables() {
        Set<String> summary = new TreeSet<>();
        for (String line : LINES.subList(lineOf(l -> l.startsWith("## The protocol")), lineOf("## 1. Overview"))) {
            Matcher field = SUMMARY_FIELD.matcher(line);
            while (line.startsWith("    ") && field.find()) {
                summary.add(field.group(1) + ":" + field.group(2) + " "
                        + field.group(3).strip());
            }
        }
        Set<String> code = new TreeSet<>();
        for (PduType type : PduType.values()) {
            PduLayout.of(type).stream()
                    .filter(field -> !field.isReserved())
                    .filter(field -> !field.name().equals("version"))
                    .forEach(field -> code.add(field.offset() + ":" + field.length() + " " + field.name()));
        }
        summary.remove("1:1 bit");
        assertThat(summary).isEqualTo(code);
    }

    @Test
    void theReasonsAreThoseOfTheCode() {
        List<List<String>> table = tableAfter("## 12. What a wrong PDU gets");
        assertThat(table.stream().map(row -> row.get(0))).containsExactlyInAnyOrderElementsOf(names(PduReason.class));
        for (List<String> row : table) {
            boolean answered = row.get(2).equals("E \"malformed\"");
            assertThat(PduReason.valueOf(row.get(0)).answerable())
                    .as(row.get(0))
                    .isEqualTo(answered);
        }
    }

    @Test
    void theErrorCodesAreThoseOfTheCode() {
        List<String> code = Arrays.stream(ErrorCode.values())
                .map(error -> error.code() + " "
                        + error.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .toList();
        assertThat(tableAfter("## 11. Error codes").stream().map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyElementsOf(code);
        String summary =
                String.join(" ", LINES.subList(0, lineOf("## 1. Overview"))).replaceAll("\\s+", " ");
        assertThat(summary).contains("codes " + String.join(" ", code));
    }

    @Test
    void theFlagsAndKindsAreThoseOfTheCode() {
        String page = String.join("\n", LINES.subList(0, lineOf("## 1. Overview")));
        assertThat(page)
                .contains(RowFlags.PARTIAL + " partial | " + RowFlags.P2PCI_GET + " fetch by P2P-CI GET | "
                        + RowFlags.NOT_FETCHABLE + " not fetchable")
                .contains(ListFlags.LAST + " last of the burst | " + ListFlags.MORE + " more | " + ListFlags.EMPTY
                        + " empty")
                .contains(RangeKind.CONTENT.code() + " content | " + RangeKind.MANIFEST.code() + " manifest | "
                        + RangeKind.HAVE.code() + " have");
        String text = String.join("\n", LINES);
        for (RangeKind kind : EnumSet.of(RangeKind.MANIFEST, RangeKind.HAVE)) {
            assertThat(text)
                    .contains(String.format(Locale.ROOT, "%,d for a ", kind.maxBytes())
                            + kind.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void theWorkedExchangesArePdus() throws PduException {
        Set<PduType> seen = EnumSet.noneOf(PduType.class);
        for (int i = 0; i < LINES.size(); i++) {
            if (LINES.get(i).startsWith("```pdu ")) {
                Channel channel = Vector.channel(LINES.get(i).substring("```pdu ".length()));
                int end = i + 1 + LINES.subList(i + 1, LINES.size()).indexOf("```");
                byte[] bytes = Vector.parseHex(String.join(" ", LINES.subList(i + 1, end)));
                Pdu pdu = PduCodec.decode(channel, ByteBuffer.wrap(bytes));
                byte[] encoded = new byte[PduLayout.PDU_BYTES];
                PduCodec.encode(pdu, ByteBuffer.wrap(encoded));
                assertThat(encoded).isEqualTo(bytes);
                seen.add(pdu.type());
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(PduType.values());
    }

    private static List<PduField> fields(List<List<String>> table) {
        return table.stream()
                .map(row -> new PduField(row.get(2), Integer.parseInt(row.get(0)), Integer.parseInt(row.get(1))))
                .toList();
    }

    private static List<List<String>> tableAfter(String heading) {
        return tableFrom(lineOf(heading));
    }

    /** The rows of the first table from a line on, without its two heading lines. */
    private static List<List<String>> tableFrom(int from) {
        int begin = from;
        while (!LINES.get(begin).startsWith("|")) {
            begin++;
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = begin + 2; LINES.get(i).startsWith("|"); i++) {
            String[] cells = LINES.get(i).split("\\|", -1);
            rows.add(
                    Arrays.stream(cells, 1, cells.length - 1).map(String::strip).toList());
        }
        return rows;
    }

    private static int lineOf(String text) {
        return lineOf(text::equals);
    }

    private static int lineOf(java.util.function.Predicate<String> wanted) {
        for (int i = 0; i < LINES.size(); i++) {
            if (wanted.test(LINES.get(i))) {
                return i;
            }
        }
        throw new AssertionError("spec/PDU.md has no such line");
    }

    private static <E extends Enum<E>> Set<String> names(Class<E> type) {
        return EnumSet.allOf(type).stream().map(Enum::name).collect(Collectors.toSet());
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(SPEC);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
