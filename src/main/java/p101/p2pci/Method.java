package p101.p2pci;

import java.util.Optional;

/** The first word of a request. */
enum Method {
    ADD(Form.NUMBERED),
    LOOKUP(Form.NUMBERED),
    GET(Form.NUMBERED),
    LIST(Form.PLAIN),
    CONNECT(Form.ONE_LINE),
    DEL(Form.DEPARTURE),
    LEAVE(Form.DEPARTURE),
    EXIT(Form.DEPARTURE),
    DISCONNECT(Form.ONE_LINE_DEPARTURE),
    STOP(Form.ONE_LINE_DEPARTURE),
    QUIT(Form.ONE_LINE_DEPARTURE);

    /** What stands around the method. */
    private enum Form {
        /** {@code RFC n} follows. */
        NUMBERED,
        /** Neither a number nor a departure. */
        PLAIN,
        /** No header follows that matters. */
        ONE_LINE,
        /** Anything may follow, or nothing, not even a version. */
        DEPARTURE,
        /** Both of the last two. */
        ONE_LINE_DEPARTURE
    }

    private final Form form;

    Method(Form form) {
        this.form = form;
    }

    /** Whether {@code RFC} and a number stand behind it. */
    boolean isNumbered() {
        return form == Form.NUMBERED;
    }

    /** Whether the request is over with its first line. */
    boolean isOneLine() {
        return form == Form.ONE_LINE || form == Form.ONE_LINE_DEPARTURE;
    }

    /** Whether the sender leaves with it. */
    boolean isDeparture() {
        return form == Form.DEPARTURE || form == Form.ONE_LINE_DEPARTURE;
    }

    /** By its word, in capital letters as the grammar has it. */
    static Optional<Method> of(String word) {
        for (Method method : values()) {
            if (method.name().equals(word)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** Whether a method's word, and no longer one, stands at a position of a text. */
    static boolean standsAt(String text, int at) {
        for (Method method : values()) {
            int end = at + method.name().length();
            if (text.startsWith(method.name(), at) && (end == text.length() || Wording.isBlank(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }
}
