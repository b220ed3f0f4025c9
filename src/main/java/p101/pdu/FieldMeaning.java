package p101.pdu;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import p101.model.Shown;

/** What the bytes of one field say, in words that are safe to print; legal or not. */
final class FieldMeaning {
    private FieldMeaning() {}

    /** The meaning of a field that is wholly there. */
    static String of(PduType type, PduField field, byte[] bytes) {
        ByteBuffer pdu = ByteBuffer.wrap(bytes);
        if (field.isReserved()) {
            return isZero(bytes, field) ? "0" : "not 0, and ignored";
        }
        return switch (field.name()) {
            case "type" -> type(type);
            case "version" -> version(FieldReader.u8(pdu, 0, field));
            case "tx" -> tx(type, FieldReader.u32(pdu, 0, field));
            case "cookie" -> FieldReader.u32(pdu, 0, field) == 0 ? "none" : hex(bytes, field);
            case "owner key", "content id", "root" -> isZero(bytes, field) ? zero(type, field) : hex(bytes, field);
            case "row flags" -> flags(FieldReader.u8(pdu, 0, field), RowFlags.ALL, RowFlags::describe);
            case "list flags" -> flags(FieldReader.u8(pdu, 0, field), ListFlags.ALL, ListFlags::describe);
            case "search flags" -> flags(FieldReader.u8(pdu, 0, field), 1, bits -> bits == 0 ? "none" : "partial-too");
            case "range flags" -> flags(FieldReader.u8(pdu, 0, field), 1, bits -> bits == 0 ? "none" : "complete");
            case "code" -> code(FieldReader.u16(pdu, 0, field));
            case "kind" -> kind(FieldReader.u8(pdu, 0, field));
            case "address" -> FieldReader.address(pdu, 0, field).getHostAddress();
            case "peer", "file", "filter", "text" -> text(type, field, pdu);
            case "lease seconds" -> FieldReader.u16(pdu, 0, field) + " s";
            case "retry after" ->
                FieldReader.u16(pdu, 0, field) == 0 ? "no advice" : FieldReader.u16(pdu, 0, field) + " s";
            case "modified" ->
                Instant.ofEpochMilli(FieldReader.u48(pdu, 0, field)).toString();
            case "content" -> "100 bytes of content, or fewer and padding when it is the last C of an answer";
            default -> number(type, field, pdu);
        };
    }

    private static String type(PduType type) {
        return switch (type) {
            case REGISTER -> "R to the index: register a file, or refresh the lease";
            case DEREGISTER -> "T to the index: de-register a file, or all files";
            case SEARCH -> "S to the index: who has it?";
            case LIST -> "O to the index: what is there?";
            case FOUND -> "S from the index: one source";
            case ENTRY -> "O from the index: one entry of a list";
            case ACCEPTED -> "A from the index: done";
            case REFUSED -> "E from the index: not done";
            case DOWNLOAD -> "D on TCP: send me this range";
            case RANGE -> "A on TCP: the range follows";
            case CONTENT -> "C on TCP: content";
            case FAILED -> "E on TCP: no (further) content for this D";
        };
    }

    private static String version(int value) {
        String direction = (value & PduLayout.ANSWER_BIT) != 0 ? ", answer" : ", request";
        return "version " + (value & PduLayout.VERSION_MASK) + direction;
    }

    private static String tx(PduType type, int tx) {
        String number = Integer.toUnsignedString(tx);
        boolean isTime = type == PduType.REGISTER || type == PduType.DEREGISTER;
        return isTime ? number + " (" + Instant.ofEpochSecond(Integer.toUnsignedLong(tx)) + ")" : number;
    }

    private static String zero(PduType type, PduField field) {
        boolean isWish = type == PduType.SEARCH || type == PduType.DOWNLOAD;
        return isWish ? "any" : field == PduLayout.CONTENT_ID ? "unknown" : "0";
    }

    private static String flags(int value, int known, java.util.function.IntFunction<String> describe) {
        String unknown = (value & ~known) == 0 ? "" : ", and unknown bits, ignored";
        return describe.apply(value & known) + unknown;
    }

    private static String code(int value) {
        try {
            return value + " " + ErrorCode.of(value);
        } catch (PduException e) {
            return value + ": " + e.getMessage();
        }
    }

    private static String kind(int value) {
        try {
            return value + " " + RangeKind.of(value);
        } catch (PduException e) {
            return value + ": " + e.getMessage();
        }
    }

    private static String text(PduType type, PduField field, ByteBuffer pdu) {
        try {
            String text = FieldReader.text(pdu, 0, field);
            return text.isEmpty() ? empty(type, field) : "\"" + Shown.text(text) + "\"";
        } catch (PduException e) {
            return "wrong: " + e.getMessage();
        }
    }

    private static String empty(PduType type, PduField field) {
        return switch (type) {
            case REGISTER -> field == PduLayout.FILE ? "none: refresh the owner's lease" : "none";
            case DEREGISTER -> field == PduLayout.FILE ? "none: all of the owner's files with a smaller tx" : "none";
            case SEARCH, DOWNLOAD -> "any";
            case LIST -> "all";
            default -> "none";
        };
    }

    private static String number(PduType type, PduField field, ByteBuffer pdu) {
        return switch (field.length()) {
            case 1 -> Integer.toString(FieldReader.u8(pdu, 0, field));
            case 2 -> Integer.toString(FieldReader.u16(pdu, 0, field));
            case 4 -> Integer.toUnsignedString(FieldReader.u32(pdu, 0, field));
            case 6 ->
                Long.toString(FieldReader.u48(pdu, 0, field))
                        + (field == PduLayout.LENGTH && type == PduType.DOWNLOAD && FieldReader.u48(pdu, 0, field) == 0
                                ? " (to the end)"
                                : "");
            default -> throw new IllegalStateException("no meaning for the field " + field.name());
        };
    }

    private static boolean isZero(byte[] bytes, PduField field) {
        for (int i = field.offset(); i < field.end(); i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static String hex(byte[] bytes, PduField field) {
        return HexFormat.of().formatHex(bytes, field.offset(), field.end());
    }
}
