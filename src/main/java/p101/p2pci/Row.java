package p101.p2pci;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One line of an answer: {@code RFC 123 A Proferred Official ICP thishost.csc.ncsu.edu 5678}. Titles hold blanks, so a row is
 * read from both ends.
 *
 * @param number of the RFC
 * @param title 1 to {@link #MAX_TITLE_BYTES} bytes of UTF-8
 * @param holder who has it
 */
public record Row(RfcNumber number, String title, Holder holder) {
    /** Most bytes of a title. */
    public static final int MAX_TITLE_BYTES = 1_024;

    private static final String RFC = "RFC";

    /** Words around the title: RFC, the number, the host and the port. */
    private static final int OTHER_WORDS = 4;

    /**
     * @throws IllegalArgumentException when the title is not as said
     */
    public Row {
        if (!isTitle(title)) {
            throw new IllegalArgumentException("not a title of 1 to " + MAX_TITLE_BYTES + " bytes on one line");
        }
    }

    static boolean isTitle(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_TITLE_BYTES
                && Wording.isPlain(text)
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_TITLE_BYTES;
    }

    /** Without an end of line. */
    public void appendTo(StringBuilder line) {
        line.append(RFC)
                .append(' ')
                .append(number.value())
                .append(' ')
                .append(title)
                .append(' ');
        line.append(holder.host()).append(' ').append(holder.port());
    }

    /** Reads a row that somebody sent, without its end of line; empty when it is none. A row without a title is accepted. */
    public static Optional<Row> parse(String line) {
        var words = Wording.words(line);
        int count = words.size();
        if (count < OTHER_WORDS || !words.get(0).equals(RFC)) {
            return Optional.empty();
        }
        Optional<RfcNumber> number = RfcNumber.parse(words.get(1));
        String host = words.get(count - 2);
        int port = Holder.parsePort(words.get(count - 1));
        String title = count == OTHER_WORDS ? "-" : String.join(" ", words.subList(2, count - 2));
        if (number.isEmpty() || port < 0 || !Holder.isHost(host) || !isTitle(title)) {
            return Optional.empty();
        }
        return Optional.of(new Row(number.get(), title, new Holder(host, port)));
    }

    /** As it stands in an answer, without an end of line. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        appendTo(line);
        return line.toString();
    }
}
