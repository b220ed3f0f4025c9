package p101.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import p101.model.Shown;
import p101.pdu.Channel;
import p101.pdu.PduExplainer;
import p101.pdu.PduExplainer.Explanation;
import p101.pdu.PduExplainer.Row;

/** {@code p101 decode}: explains PDUs field by field. */
final class DecodeCommand implements Command {
    private static final int PDU_BYTES = 101;
    private static final long MAX_INPUT_BYTES = 16L << 20;

    private static final Option CHANNEL = Option.value(
                    "CHANNEL", "where it travelled: to-index, from-index or tcp; guessed if not given", "--channel")
            .oneOf("to-index", "from-index", "tcp");

    @Override
    public String name() {
        return "decode";
    }

    @Override
    public String summary() {
        return "Explain PDUs field by field.";
    }

    @Override
    public List<Option> options() {
        return List.of(CHANNEL, CommonOptions.JSON);
    }

    @Override
    public Operands operands() {
        return Operands.some("HEX|FILE", "hexadecimal digits, or a file of bytes or of digits; - = standard input");
    }

    @Override
    public String notes() {
        return "Digits may be spread over words and lines; 00*46 stands for 46 bytes 00, # begins a comment. More than "
                + "101 bytes are taken as one PDU after the other. Ends with 1 when something is not a PDU. With --json each line has: "
                + "type, valid, problem, fields (offset, length, hex, name, meaning).";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        byte[] bytes = input(arguments.operands(), console);
        Channel channel = channel(arguments);
        boolean json = arguments.has(CommonOptions.JSON);
        boolean allValid = true;
        int start = 0;
        do {
            byte[] one = Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + PDU_BYTES));
            Explanation explanation = channel == null ? PduExplainer.explain(one) : PduExplainer.explain(channel, one);
            allValid &= explanation.problem().isEmpty();
            if (json) {
                console.out().line(json(explanation).toString());
            } else {
                print(explanation, one.length, console.out());
            }
            start += PDU_BYTES;
        } while (start < bytes.length);
        return allValid ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Channel channel(Arguments arguments) throws CommandFailure {
        String text = arguments.text(CHANNEL);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "to-index" -> Channel.TO_INDEX;
            case "from-index" -> Channel.FROM_INDEX;
            case "tcp" -> Channel.TCP;
            default -> throw arguments.bad(CHANNEL, "to-index, from-index or tcp");
        };
    }

    private static byte[] input(List<String> operands, Console console) throws IOException, CommandFailure {
        String first = operands.get(0);
        if (operands.size() == 1 && first.equals("-")) {
            return bytesOrDigits(console.in().readNBytes((int) MAX_INPUT_BYTES));
        }
        byte[] typed = Hex.parse(String.join(" ", operands));
        if (typed != null) {
            return typed;
        }
        Path file = Addresses.path(first);
        if (operands.size() == 1 && Files.isRegularFile(file)) {
            if (Files.size(file) > MAX_INPUT_BYTES) {
                throw CommandFailure.usage("decode: " + Shown.text(first) + " is larger than "
                        + Texts.size(MAX_INPUT_BYTES) + "; cut out the part that matters");
            }
            return bytesOrDigits(Files.readAllBytes(file));
        }
        if (operands.size() == 1 && first.indexOf('/') >= 0 && !Files.exists(file)) {
            throw new CommandFailure(ExitCode.NOT_FOUND, Shown.text(first) + ": there is no such file");
        }
        throw CommandFailure.usage("decode: '" + Shown.text(Texts.cut(first, 40))
                + "' is neither a file nor hexadecimal digits, two for each byte");
    }

    private static byte[] bytesOrDigits(byte[] input) {
        byte[] parsed = Hex.parse(new String(input, StandardCharsets.ISO_8859_1));
        return parsed == null ? input : parsed;
    }

    private static void print(Explanation explanation, int length, Output out) {
        out.line(explanation
                .type()
                .map(type -> (char) type.code() + "  " + type.name().toLowerCase(java.util.Locale.ROOT) + ", "
                        + type.channel()
                                .name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', ' ') + ", "
                        + length + " bytes")
                .orElse("not a PDU that is known, " + length + " bytes"));
        for (Row row : explanation.rows()) {
            out.line(Texts.right(row.offset() + ":" + row.length(), 7) + "  " + Texts.left(row.name(), 13) + "  "
                    + row.meaning());
            for (int i = 0; i < row.hex().length(); i += 64) {
                out.line("         " + row.hex().substring(i, Math.min(row.hex().length(), i + 64)));
            }
        }
        explanation.problem().ifPresent(problem -> out.line("wrong: " + problem.message()));
    }

    private static JsonLine json(Explanation explanation) {
        List<JsonLine> fields = new ArrayList<>();
        for (Row row : explanation.rows()) {
            fields.add(new JsonLine()
                    .add("offset", row.offset())
                    .add("length", row.length())
                    .add("hex", row.hex())
                    .add("name", row.name())
                    .add("meaning", row.meaning()));
        }
        return new JsonLine()
                .add("type", explanation.type().map(type -> type.name()).orElse(null))
                .add("valid", explanation.problem().isEmpty())
                .add(
                        "problem",
                        explanation.problem().map(problem -> problem.message()).orElse(null))
                .add("fields", fields);
    }
}
