package p101.lobby;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import p101.model.Shown;

/**
 * A line of a lobby, as a client sees it. Every text in it is safe to print. spec/LOBBY.md, section 4.
 */
public sealed interface LobbyLine {
    /** The line as it came, made safe to print. */
    String text();

    /**
     * Somebody says something.
     *
     * @param door the door that it came through; "" = the lobby's own
     * @param saidUnixMillis when; 0 = just now
     */
    record Said(String text, String door, String speaker, String words, long saidUnixMillis) implements LobbyLine {}

    /** The lobby's own news. */
    record Notice(String text) implements LobbyLine {}

    record Ok(String text) implements LobbyLine {}

    /**
     * @param problem the word that says what kind of mistake it is
     * @param reason for people
     */
    record Error(String text, String problem, String reason) implements LobbyLine {}

    /** The end of an answer of several lines. */
    record End(String text) implements LobbyLine {}

    /** To be answered with {@code /pong}. */
    record Ping(String text) implements LobbyLine {}

    /** A line of an answer. */
    record Row(String text) implements LobbyLine {}

    /** Understands a line, without its end. Whatever it is, something comes out. */
    static LobbyLine parse(String line) {
        String text = Shown.text(line);
        if (text.equals("END")) {
            return new End(text);
        } else if (text.equals("PING")) {
            return new Ping(text);
        } else if (text.startsWith("OK ")) {
            return new Ok(text);
        } else if (text.startsWith("ERROR ")) {
            int colon = text.indexOf(": ");
            return colon < 0
                    ? new Error(text, "", text)
                    : new Error(text, text.substring(6, colon), text.substring(colon + 2));
        } else if (text.startsWith("* ")) {
            return noticeOrHistory(text);
        }
        LobbyLine said = said(text, text, 0);
        return said == null ? new Row(text) : said;
    }

    private static LobbyLine noticeOrHistory(String text) {
        int blank = text.indexOf(' ', 2);
        if (blank > 0) {
            try {
                long millis = Instant.parse(text.substring(2, blank)).toEpochMilli();
                LobbyLine said = said(text, text.substring(blank + 1), millis);
                if (said != null) {
                    return said;
                }
            } catch (DateTimeParseException notATime) {
                // A notice.
            }
        }
        return new Notice(text);
    }

    /** {@code alias: words} or {@code [door] speaker: words}; {@code null} when it is neither. */
    private static LobbyLine said(String text, String line, long unixMillis) {
        String door = "";
        String rest = line;
        if (line.startsWith("[")) {
            int end = line.indexOf("] ");
            if (end < 0) {
                return null;
            }
            door = line.substring(1, end);
            rest = line.substring(end + 2);
        }
        int colon = rest.indexOf(": ");
        boolean isRow = colon <= 0 || rest.charAt(0) == '/' || rest.startsWith(" Listens at", colon - 11);
        return isRow ? null : new Said(text, door, rest.substring(0, colon), rest.substring(colon + 2), unixMillis);
    }
}
