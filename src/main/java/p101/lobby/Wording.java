package p101.lobby;

import java.nio.charset.StandardCharsets;
import p101.room.Sentence;

/** The lobby's own lines. spec/LOBBY.md, section 4. */
final class Wording {
    /** What the room calls this door. */
    static final String DOOR = "lobby";

    static final String END = "END\n";
    static final String PING = "PING\n";
    static final String USERS = "Online Users:\n";
    static final String MEMBERS = "Lobby Members:\n";

    static final String GREETING =
            "* Welcome to the p101 lobby. /setNick ALIAS to talk, or /register ALIAS PORT FILE... to "
                    + "share; /help for all orders\n";

    static final String HELP = String.join(
            "\n",
            "Orders:",
            "/register ALIAS PORT FILE...  join and list files; PORT is where you serve them, 0 = nowhere",
            "/setNick ALIAS                join without files, or change the alias",
            "/setSharedFiles FILE...       list these files and no others",
            "/showall                      who is online, through any door: alias -> ip:port",
            "/query TEXT                   files whose name holds TEXT, files of the user TEXT; without TEXT all",
            "/fetch FILE                   who has the file and how to get it (PDU: p101 get FILE)",
            "/who                          who is in this lobby",
            "/pro SECRET                   become privileged",
            "/kick ALIAS                   privileged: remove a member",
            "/keepalive                    programs: you answer each PING with /pong",
            "/ping                         is the lobby there?",
            "/help                         this list",
            "/exit                         leave",
            "Names with blanks stand in \"quotes\" where more than one name may stand. Anything else is said to all;",
            "//text says a line that begins with a slash.",
            "");

    private Wording() {}

    static String ok(String text) {
        return "OK " + text + "\n";
    }

    static String error(Problem problem, String text) {
        return "ERROR " + problem.word() + ": " + text + "\n";
    }

    static String notice(String text) {
        return "* " + text + "\n";
    }

    /** What a member says. */
    static String said(String alias, String text) {
        return alias + ": " + text + "\n";
    }

    /** What was said through any door. */
    static String said(Sentence sentence) {
        return sentence.door().equals(DOOR)
                ? said(sentence.speaker(), sentence.text())
                : "[" + sentence.door() + "] " + said(sentence.speaker(), sentence.text());
    }

    /** {@code 1 file}, {@code 2 files}. */
    static String files(int count) {
        return count + (count == 1 ? " file" : " files");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
