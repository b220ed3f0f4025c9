package p101.pdu;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says, field by field, what bytes mean, whether or not they are a PDU: for people who look into a capture or write a program of their
 * own. It shows owner keys and cookies, since whoever asks has the bytes. Stateless, any thread. spec/PDU.md, sections 3, 4.
 */
public final class PduExplainer {
    /**
     * What some bytes are.
     *
     * @param type what the type byte and the channel stand for; nothing when they stand for nothing
     * @param rows the fields in order; bytes that belong to no field come last
     * @param problem why the bytes are not a PDU; nothing when they are one
     */
    public record Explanation(Optional<PduType> type, List<Row> rows, Optional<Problem> problem) {}

    /**
     * One field.
     *
     * @param offset of its first byte
     * @param length bytes that are there
     * @param hex those bytes
     * @param name as in spec/PDU.md
     * @param meaning in words, safe to print
     */
    public record Row(int offset, int length, String hex, String name, String meaning) {}

    /**
     * What is wrong, and where.
     *
     * @param offset of the first byte of the field that is wrong; 0 when it is the whole
     * @param length bytes of that field; all bytes when it is the whole
     * @param message one sentence, safe to print
     */
    public record Problem(PduReason reason, int offset, int length, String message) {}

    private PduExplainer() {}

    /** Explains bytes whose channel is not known: it is guessed from them. */
    public static Explanation explain(byte[] bytes) {
        return explain(guessChannel(bytes), bytes);
    }

    /** Explains bytes that travelled on a channel. */
    public static Explanation explain(Channel channel, byte[] bytes) {
        Optional<PduType> type = type(channel, bytes);
        List<Row> rows = type.isPresent() ? rows(type.get(), bytes) : unknown(bytes);
        return new Explanation(type, List.copyOf(rows), problem(channel, bytes));
    }

    /**
     * The channel that bytes most likely travelled on, from type byte and answer bit. An A on TCP has no answer bit where one on UDP has
     * it; an E on TCP has tx, cookie and owner key 0.
     */
    public static Channel guessChannel(byte[] bytes) {
        if (bytes.length < 2) {
            return Channel.TO_INDEX;
        }
        boolean answer = (bytes[PduLayout.VERSION.offset()] & PduLayout.ANSWER_BIT) != 0;
        return switch (bytes[0]) {
            case 'D', 'C' -> Channel.TCP;
            case 'A' -> answer ? Channel.FROM_INDEX : Channel.TCP;
            case 'E' ->
                isZero(bytes, PduLayout.TX.offset(), PduLayout.OWNER_KEY.end()) ? Channel.TCP : Channel.FROM_INDEX;
            default -> answer ? Channel.FROM_INDEX : Channel.TO_INDEX;
        };
    }

    private static Optional<PduType> type(Channel channel, byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(PduType.of(channel, bytes[0]));
        } catch (PduException e) {
            return Optional.empty();
        }
    }

    private static Optional<Problem> problem(Channel channel, byte[] bytes) {
        try {
            PduCodec.decode(channel, ByteBuffer.wrap(bytes));
            return Optional.empty();
        } catch (PduException e) {
            int offset = e.field().map(PduField::offset).orElse(0);
            int length = e.field().map(PduField::length).orElse(bytes.length);
            String message = e.getMessage();
            if (e.reason() == PduReason.LENGTH) {
                message = "a PDU has 101 bytes, here are " + bytes.length;
            }
            return Optional.of(new Problem(e.reason(), offset, length, p101.model.Shown.text(message)));
        }
    }

    private static List<Row> rows(PduType type, byte[] bytes) {
        List<Row> rows = new ArrayList<>();
        for (PduField field : PduLayout.of(type)) {
            if (field.end() <= bytes.length) {
                rows.add(row(field.offset(), field.end(), bytes, field.name(), FieldMeaning.of(type, field, bytes)));
            } else if (field.offset() < bytes.length) {
                String meaning = "cut off: " + field.length() + " bytes belong here";
                rows.add(row(field.offset(), bytes.length, bytes, field.name(), meaning));
            }
        }
        if (bytes.length > PduLayout.PDU_BYTES) {
            rows.add(row(PduLayout.PDU_BYTES, bytes.length, bytes, "surplus", "bytes after the end of the PDU"));
        }
        return rows;
    }

    /** Says on which channels the byte would be a type: most likely that was meant, or guessed wrongly. */
    private static String noSuchType(byte code) {
        String others = Stream.of(PduType.values())
                .filter(type -> type.code() == code)
                .map(type -> type.name().toLowerCase(Locale.ROOT) + " on channel "
                        + type.channel().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
        return "no PDU on this channel begins with this byte" + (others.isEmpty() ? "" : "; it is that of " + others);
    }

    private static List<Row> unknown(byte[] bytes) {
        return bytes.length == 0 ? List.of() : List.of(row(0, bytes.length, bytes, "unknown", noSuchType(bytes[0])));
    }

    private static Row row(int from, int to, byte[] bytes, String name, String meaning) {
        return new Row(from, to - from, HexFormat.of().formatHex(bytes, from, to), name, meaning);
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < Math.min(to, bytes.length); i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
