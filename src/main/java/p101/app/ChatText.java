package p101.app;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import p101.lobby.LobbyLine;

/** Lines of a lobby as a person likes to read them: each speaker has a colour, news are dim, what was said before has its time. */
final class ChatText {
    private static final String PLAIN = "\u001b[0m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";

    /** Bold green, yellow, blue, magenta, cyan, and their bright kin: legible on dark and light. */
    private static final String[] SPEAKERS = {
        "\u001b[1;32m", "\u001b[1;33m", "\u001b[1;34m", "\u001b[1;35m", "\u001b[1;36m", "\u001b[1;31m"
    };

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final boolean colours;
    private final int columns;
    private final ZoneId zone;

    /**
     * @param columns of the terminal; 0 = lines are never cut
     * @param zone for the times of what was said before
     */
    ChatText(boolean colours, int columns, ZoneId zone) {
        this.colours = colours;
        this.columns = columns;
        this.zone = zone;
    }

    /** The rows that show a line; none for what only programs need. */
    List<String> rows(LobbyLine line) {
        if (line instanceof LobbyLine.Said said) {
            return said(said);
        } else if (line instanceof LobbyLine.Error error) {
            return styled(error.reason(), RED);
        } else if (line instanceof LobbyLine.Ok ok) {
            return styled(ok.text().substring("OK ".length()), DIM);
        } else if (line instanceof LobbyLine.Notice) {
            return styled(line.text(), DIM);
        } else if (line instanceof LobbyLine.Row) {
            return styled(line.text(), "");
        }
        return List.of();
    }

    private List<String> said(LobbyLine.Said said) {
        String time = said.saidUnixMillis() == 0
                ? ""
                : TIME.format(Instant.ofEpochMilli(said.saidUnixMillis()).atZone(zone)) + " ";
        String door = said.door().isEmpty() ? "" : "[" + said.door() + "] ";
        String head = time + door + said.speaker() + ":";
        List<String> rows = wrap(head + " " + said.words());
        if (colours && rows.get(0).startsWith(head)) {
            String first = dim(time + door) + colour(said.speaker()) + said.speaker() + PLAIN + ":"
                    + rows.get(0).substring(head.length());
            rows.set(0, first);
        }
        return rows;
    }

    private static String dim(String text) {
        return text.isEmpty() ? "" : DIM + text + PLAIN;
    }

    private static String colour(String speaker) {
        return SPEAKERS[Math.floorMod(speaker.hashCode(), SPEAKERS.length)];
    }

    private List<String> styled(String text, String style) {
        List<String> rows = wrap(text);
        if (colours && !style.isEmpty()) {
            rows.replaceAll(row -> style + row + PLAIN);
        }
        return rows;
    }

    private List<String> wrap(String text) {
        List<String> rows = new ArrayList<>();
        if (columns <= 0) {
            rows.add(text);
            return rows;
        }
        int start = 0;
        int used = 0;
        int i = 0;
        while (i < text.length()) {
            int next = i + Character.charCount(text.codePointAt(i));
            int width = Texts.columns(text.substring(i, next));
            if (used + width > columns && i > start) {
                rows.add(text.substring(start, i));
                start = i;
                used = 0;
            }
            used += width;
            i = next;
        }
        rows.add(text.substring(start));
        return rows;
    }
}
