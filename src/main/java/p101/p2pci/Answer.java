package p101.p2pci;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The text of an answer, in the manner of its request. spec/P2PCI.md, section 4. A short answer is made whole; one of many
 * rows is made in parts: {@link #begin}, {@link #row} as often as needed, {@link #finish}. There is never an empty line between
 * the status and the rows.
 */
public final class Answer {
    private final Manner manner;
    private final StringBuilder text = new StringBuilder();

    private Answer(Manner manner) {
        this.manner = manner;
    }

    /** The whole of an answer that has no row. */
    public static ByteBuffer status(Status status, Manner manner) {
        return begin(status, manner).finish();
    }

    /** The whole of an answer that has rows. */
    public static ByteBuffer rows(List<Row> rows, Manner manner) {
        Answer answer = begin(Status.OK, manner);
        rows.forEach(answer::row);
        return answer.finish();
    }

    /** An answer that begins with this status. */
    public static Answer begin(Status status, Manner manner) {
        Answer answer = new Answer(manner);
        answer.text.append(status.line()).append(manner.lineEnd().text());
        return answer;
    }

    /** Adds a row. */
    public Answer row(Row row) {
        row.appendTo(text);
        text.append(manner.lineEnd().text());
        return this;
    }

    /** Characters that {@link #take} would give. */
    public int length() {
        return text.length();
    }

    /** What was made so far; it is then gone from here. */
    public ByteBuffer take() {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        text.setLength(0);
        return bytes;
    }

    /** The rest, with the mark that the request had. */
    public ByteBuffer finish() {
        switch (manner.endMark()) {
            case NONE -> {}
            case BLANK_LINE -> text.append(manner.lineEnd().text());
            case END_LINE -> text.append(Wording.END).append(manner.lineEnd().text());
        }
        return take();
    }
}
