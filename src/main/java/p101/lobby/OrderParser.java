package p101.lobby;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.Labels;
import p101.model.PeerName;
import p101.model.Shown;

/** Understands a line. Pure. spec/LOBBY.md, section 3. */
final class OrderParser {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;

    private final int filesPerMember;

    OrderParser(int filesPerMember) {
        this.filesPerMember = filesPerMember;
    }

    /**
     * @param line without its end
     */
    Order parse(String line) {
        if (!line.startsWith("/")) {
            return say(line);
        }
        if (line.startsWith("//")) {
            return say(line.substring(1));
        }
        int end = 1;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        try {
            return order(line.substring(0, end), line.substring(end));
        } catch (InvalidNameException refused) {
            return new Order.Wrong(Problem.NAME, refused.getMessage());
        }
    }

    private static Order say(String line) {
        String text = Shown.text(line.replace('\t', ' ').strip());
        if (text.isEmpty()) {
            return new Order.Nothing();
        }
        if (text.length() > LobbyLimits.TEXT_BYTES
                || text.getBytes(StandardCharsets.UTF_8).length > LobbyLimits.TEXT_BYTES) {
            return tooLong(LobbyLimits.TEXT_BYTES);
        }
        return new Order.Say(text);
    }

    static Order tooLong(int bytes) {
        return new Order.Wrong(Problem.TOO_LONG, "the line has more than " + bytes + " bytes: send it in parts");
    }

    private Order order(String word, String rest) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "/register" -> register(rest);
            case "/setnick" -> setNick(rest);
            case "/setsharedfiles" -> setSharedFiles(rest);
            case "/query" -> query(rest);
            case "/fetch" -> fetch(rest);
            case "/pro" -> pro(rest);
            case "/kick" -> kick(rest);
            case "/showall" -> alone(word, rest, new Order.ShowAll());
            case "/who" -> alone(word, rest, new Order.Who());
            case "/help" -> new Order.Help();
            case "/exit" -> new Order.Exit();
            case "/keepalive" -> alone(word, rest, new Order.Keepalive());
            case "/pong" -> new Order.Pong();
            case "/ping" -> alone(word, rest, new Order.Ping());
            default -> unknown(word);
        };
    }

    /** Only the first word is repeated: the rest may be a secret behind a slip of the pen. */
    private static Order unknown(String word) {
        String shown = word.length() > 20 ? word.substring(0, 20) + "..." : word;
        return new Order.Wrong(
                Problem.UNKNOWN,
                Shown.text(shown) + " is no order here: /help lists them; // says a line that begins with /");
    }

    private static Order syntax(String usage) {
        return new Order.Wrong(Problem.SYNTAX, "write it as " + usage);
    }

    private static Order alone(String word, String rest, Order order) {
        return rest.isBlank() ? order : syntax(Shown.text(word));
    }

    private Order register(String rest) {
        String usage = "/register ALIAS PORT FILE..., names with blanks in \"quotes\"";
        List<String> words = Words.of(rest);
        if (words == null || words.size() < 2) {
            return syntax(usage);
        }
        int port = port(words.get(1));
        if (port < 0) {
            return new Order.Wrong(
                    Problem.SYNTAX,
                    "a port is a number from 1 to 65535, or 0 for none; an alias with blanks stands in \"quotes\"");
        }
        PeerName alias = Aliases.parse(words.get(0));
        List<String> files = words.subList(2, words.size());
        return files.size() > filesPerMember ? tooMany() : new Order.Register(alias, port, files(files));
    }

    private static Order setNick(String rest) {
        String alias = Words.single(rest);
        return alias == null || alias.isEmpty() ? syntax("/setNick ALIAS") : new Order.SetNick(Aliases.parse(alias));
    }

    private Order setSharedFiles(String rest) {
        List<String> words = Words.of(rest);
        if (words == null) {
            return syntax("/setSharedFiles FILE..., names with blanks in \"quotes\"");
        }
        return words.size() > filesPerMember ? tooMany() : new Order.SetSharedFiles(files(words));
    }

    private Order tooMany() {
        return new Order.Wrong(Problem.LIMIT, "a member shares at most " + filesPerMember + " files");
    }

    private static Order query(String rest) {
        String text = Words.single(rest);
        return text == null ? syntax("/query TEXT") : new Order.Query(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    private static Order fetch(String rest) {
        String name = Words.single(rest);
        return name == null || name.isEmpty() ? syntax("/fetch FILE") : new Order.Fetch(file(name));
    }

    private static Order pro(String rest) {
        String secret = rest.strip();
        return secret.isEmpty() ? syntax("/pro SECRET") : new Order.Pro(secret);
    }

    private static Order kick(String rest) {
        String alias = Words.single(rest);
        return alias == null || alias.isEmpty() ? syntax("/kick ALIAS") : new Order.Kick(Aliases.parse(alias));
    }

    /** -1 when it is none. */
    private static int port(String text) {
        boolean digits = !text.isEmpty() && text.length() <= MAX_PORT_DIGITS;
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        int port = digits ? Integer.parseInt(text) : -1;
        return port <= MAX_PORT ? port : -1;
    }

    private static List<FileName> files(List<String> words) {
        Set<FileName> files = new LinkedHashSet<>();
        words.forEach(word -> files.add(file(word)));
        return List.copyOf(files);
    }

    private static FileName file(String typed) {
        FileName file = FileName.of(Normalizer.normalize(typed, Normalizer.Form.NFC));
        return Labels.of(file);
    }
}
