package p101.lobby;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import p101.loop.LineFramer;
import p101.loop.LineTooLongException;

/**
 * Cuts what a member sends into lines and understands them; the same bytes give the same orders, however they are split. The
 * rest of a line that is too long is dropped as it comes. One thread.
 */
final class LobbyLines {
    private final OrderParser parser;
    private LineFramer framer = new LineFramer(LobbyLimits.LINE_BYTES);
    private boolean dropping;
    private long droppedBytes;

    LobbyLines(OrderParser parser) {
        this.parser = parser;
    }

    /** Takes bytes up to the next order; {@code null} when all bytes were taken and there is none yet. */
    Order next(ByteBuffer in) {
        if (dropping) {
            return drop(in);
        }
        try {
            byte[] line = framer.next(in);
            return line == null ? null : understand(line);
        } catch (LineTooLongException tooLong) {
            framer = new LineFramer(LobbyLimits.LINE_BYTES);
            dropping = true;
            droppedBytes = 0;
            return drop(in);
        }
    }

    private Order drop(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (in.get() == '\n') {
                dropping = false;
                return OrderParser.tooLong(LobbyLimits.LINE_BYTES);
            }
            droppedBytes++;
        }
        return null;
    }

    /** Whether the last line ended in CRLF; the member is then answered so. */
    boolean lastLineEndedInCrlf() {
        return framer.lastLineEndedInCrlf();
    }

    /** Whether a line has gone on for so long that nobody can mean it. */
    boolean isFlooded() {
        return dropping && droppedBytes > LobbyLimits.FLOOD_BYTES;
    }

    /** What stands behind the last line end when the stream is over; {@code null} when that is nothing. */
    Order onEndOfInput() {
        if (dropping) {
            dropping = false;
            return OrderParser.tooLong(LobbyLimits.LINE_BYTES);
        }
        byte[] rest = framer.takePending();
        return rest.length == 0 ? null : understand(rest);
    }

    private Order understand(byte[] line) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return parser.parse(text.toString());
        } catch (CharacterCodingException notUtf8) {
            return new Order.Wrong(Problem.NOT_UTF8, "the line is not UTF-8: set your terminal to it");
        }
    }
}
