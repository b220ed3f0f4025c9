package p101.lobby;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import p101.model.InvalidNameException;
import p101.model.PeerName;

/**
 * What a member may be called: a peer name, without what would make its lines look like the lobby's own. spec/LOBBY.md, section 5.
 */
final class Aliases {
    /** Characters that separate the parts of an answer, or begin a line of the lobby's own. */
    private static final String SEPARATORS = "\"|<>[]*";

    /** First words of the lobby's own lines, in lower case. */
    private static final Set<String> OWN_WORDS =
            Set.of("ok", "error", "end", "ping", "pong", "online", "lobby", "server");

    private static final String LISTENS = " listens at";

    private Aliases() {}

    /**
     * @throws InvalidNameException when nobody may be called so; the message says why
     */
    static PeerName parse(String typed) {
        PeerName name = PeerName.of(Normalizer.normalize(typed.strip(), Normalizer.Form.NFC));
        String text = name.value();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SEPARATORS.indexOf(c) >= 0) {
                throw new InvalidNameException("an alias may not hold '" + c + "'");
            }
            if (c != ' ' && (Character.isWhitespace(c) || Character.isSpaceChar(c))) {
                throw new InvalidNameException("an alias may hold no blank but the ordinary one");
            }
        }
        String key = key(name);
        int end = key.indexOf(' ');
        if (OWN_WORDS.contains(end < 0 ? key : key.substring(0, end)) || key.endsWith(LISTENS)) {
            throw new InvalidNameException("an alias may not look like a line of the lobby's own");
        }
        return name;
    }

    /** Aliases that a person could take for one another by their case have the same key. */
    static String key(PeerName alias) {
        return alias.value().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
