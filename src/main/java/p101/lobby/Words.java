package p101.lobby;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of an order. They are separated by blanks; a word that begins with a quotation mark goes on to the next one, and
 * there {@code ""} stands for a quotation mark. No other character is special: a backslash could never stand in a name.
 */
final class Words {
    private static final char QUOTE = '"';

    private Words() {}

    /** Cuts a line into its words; {@code null} when a quotation has no end, or goes on behind it. */
    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        int at = skipBlanks(line, 0);
        while (at < line.length()) {
            StringBuilder word = new StringBuilder();
            at = line.charAt(at) == QUOTE ? quoted(line, at + 1, word) : plain(line, at, word);
            if (at < 0 || at < line.length() && !isBlank(line.charAt(at))) {
                return null;
            }
            words.add(word.toString());
            at = skipBlanks(line, at);
        }
        return words;
    }

    /** The one word that a line is: blanks inside belong to it, quoted or not. {@code null} when the quotation is wrong. */
    static String single(String line) {
        String word = line.strip();
        if (word.isEmpty() || word.charAt(0) != QUOTE) {
            return word;
        }
        List<String> words = of(word);
        return words == null || words.size() != 1 ? null : words.get(0);
    }

    /** The name as it stands in an answer: quoted when the words around it could be taken for a part of it. */
    static String shown(String name) {
        boolean plain = !name.isEmpty()
                && !isBlank(name.charAt(0))
                && name.indexOf(QUOTE) < 0
                && name.indexOf('|') < 0
                && name.indexOf('>') < 0;
        return plain ? name : QUOTE + name.replace("\"", "\"\"") + QUOTE;
    }

    private static int quoted(String line, int from, StringBuilder word) {
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c != QUOTE) {
                word.append(c);
            } else if (at < line.length() && line.charAt(at) == QUOTE) {
                word.append(QUOTE);
                at++;
            } else {
                return at;
            }
        }
        return -1;
    }

    private static int plain(String line, int from, StringBuilder word) {
        int at = from;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            word.append(line.charAt(at++));
        }
        return at;
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
