package p101.p2pci;

import java.util.List;
import java.util.Optional;

/**
 * The first line of a request, understood.
 *
 * @param method {@code null} when the line is refused
 * @param number of the methods that have one, otherwise {@code null}
 * @param refusal why the line is refused, otherwise {@code null}
 */
record RequestLine(Method method, RfcNumber number, Status refusal) {
    static final RequestLine BAD = new RequestLine(null, null, Status.BAD_REQUEST);
    private static final RequestLine WRONG_VERSION = new RequestLine(null, null, Status.VERSION_NOT_SUPPORTED);

    private static final String RFC = "RFC";
    private static final String ALL = "ALL";
    private static final int NUMBERED_WORDS = 4;

    boolean isRefused() {
        return refusal != null;
    }

    /** Understands a line. The version comes first: what follows another version's rules is not judged by these. */
    static RequestLine parse(String line) {
        List<String> words = Wording.words(line);
        if (words.isEmpty()) {
            return BAD;
        }
        Optional<Method> method = Method.of(words.get(0));
        if (!hasRightVersion(words, method.isPresent() && method.get().isDeparture())) {
            return WRONG_VERSION;
        }
        return method.map(known -> parse(known, words)).orElse(BAD);
    }

    private static RequestLine parse(Method method, List<String> words) {
        if (method.isNumbered()) {
            return parseNumbered(method, words);
        }
        if (method == Method.LIST && !isList(words)) {
            return BAD;
        }
        return new RequestLine(method, null, null);
    }

    private static RequestLine parseNumbered(Method method, List<String> words) {
        if (words.size() != NUMBERED_WORDS || !words.get(1).equals(RFC)) {
            return BAD;
        }
        return RfcNumber.parse(words.get(2))
                .map(number -> new RequestLine(method, number, null))
                .orElse(BAD);
    }

    private static boolean isList(List<String> words) {
        return words.size() == 2 || (words.size() == 3 && words.get(1).equals(ALL));
    }

    /** A departure may do without a version, or have more words behind it, but a wrong one is wrong. */
    private static boolean hasRightVersion(List<String> words, boolean departure) {
        if (!departure) {
            return words.get(words.size() - 1).equals(Wording.VERSION);
        }
        return words.stream()
                .filter(word -> word.startsWith(Wording.VERSION_PREFIX))
                .allMatch(Wording.VERSION::equals);
    }

    /**
     * Whether a text can only be the first line of a request, be it a good one or not: then the request before it is over.
     * Looks at no more than three words, however long the text is.
     */
    static boolean looksLikeOne(String text, int from) {
        String first = Wording.wordAt(text, from);
        if (first.isEmpty() || first.indexOf(':') >= 0) {
            return false;
        }
        String second = Wording.wordAt(text, text.indexOf(first, from) + first.length());
        if (!second.isEmpty() && Wording.lastWord(text).startsWith(Wording.VERSION_PREFIX)) {
            return true;
        }
        return Method.of(first)
                .map(method -> method.isDeparture()
                        ? second.isEmpty() || second.startsWith(Wording.VERSION_PREFIX)
                        : second.equals(method.isNumbered() ? RFC : ALL))
                .orElse(false);
    }

    /** Whether a line whose end did not come can be the whole of a first line. */
    static boolean isWhole(String line) {
        List<String> words = Wording.words(line);
        if (words.isEmpty()) {
            return false;
        }
        boolean departure = Method.of(words.get(0)).filter(Method::isDeparture).isPresent();
        if (departure && words.size() == 1) {
            return true;
        }
        return words.size() > 1
                && (Wording.isVersion(words.get(words.size() - 1)) || (departure && Wording.isVersion(words.get(1))));
    }
}
