package p101.p2pci;

import java.util.Locale;

/** A request of which the first line has come, and perhaps some headers. */
final class RequestDraft {
    /** A "!" at the end of a title may be meant; more than one, or one without an end of line behind it, is padding. */
    private static final int LEAST_RUN_BEFORE_LINE_END = 2;

    /** Most characters of a value that are kept: the longest title, and padding up to 1,024 bytes behind it. */
    private static final int MAX_VALUE_CHARACTERS = 2 * Row.MAX_TITLE_BYTES;

    private final RequestLine line;
    private final LineEnd lineEnd;
    private boolean bad;
    private String host;
    private String port;
    private String title;

    /** The headers that matter. */
    private enum Header {
        HOST,
        PORT,
        TITLE,
        OTHER;

        static Header of(String name) {
            return switch (Wording.trim(name).toLowerCase(Locale.ROOT)) {
                case "host" -> HOST;
                case "port" -> PORT;
                case "title" -> TITLE;
                default -> OTHER;
            };
        }
    }

    private Header last = Header.OTHER;

    RequestDraft(Line first, LineEnd lineEnd) {
        this.line = first.broken() || !first.utf8()
                ? RequestLine.BAD
                : RequestLine.parse(Wording.stripPadding(Wording.trim(first.text()), 1));
        this.lineEnd = lineEnd;
    }

    /** The request is too long, came too slowly, or holds what no request may hold. */
    void spoil() {
        bad = true;
        host = null;
        port = null;
        title = null;
    }

    /** Takes a line that is not the first. A header that comes twice counts as it came first; what is no header is ignored. */
    void add(Line header) {
        if (header.broken()) {
            spoil();
        }
        int colon = header.text().indexOf(':');
        if (bad || colon < 0) {
            return;
        }
        last = Header.of(header.text().substring(0, colon));
        String value = Wording.trim(header.text().substring(colon + 1));
        if (last != Header.OTHER && (!header.utf8() || value.length() > MAX_VALUE_CHARACTERS)) {
            spoil();
            return;
        }
        switch (last) {
            case HOST -> host = host == null ? value : host;
            case PORT -> port = port == null ? value : port;
            case TITLE -> title = title == null ? value : title;
            case OTHER -> {}
        }
    }

    boolean isOneLine() {
        return !line.isRefused() && line.method().isOneLine();
    }

    /** Memory that its values take, about. */
    int heldBytes() {
        return charactersOf(host) + charactersOf(port) + charactersOf(title);
    }

    private static int charactersOf(String valueOrNull) {
        return valueOrNull == null ? 0 : 2 * valueOrNull.length();
    }

    /** Whether nothing that the request needs is missing, when a line that begins so, and has no end yet, is its last. */
    boolean isCompleteWith(String unfinished) {
        if (line.isRefused() || line.method() != Method.ADD || bad) {
            return true;
        }
        int colon = unfinished.indexOf(':');
        Header coming = colon < 0 ? Header.OTHER : Header.of(unfinished.substring(0, colon));
        return (host != null || coming == Header.HOST)
                && (port != null || coming == Header.PORT)
                && (title != null || coming == Header.TITLE);
    }

    /**
     * The request is over.
     *
     * @param unterminated whether its last line had no end
     */
    Request finish(EndMark endMark, boolean unterminated) {
        Manner manner = new Manner(lineEnd, endMark);
        if (line.isRefused() || bad) {
            return new Request.Refused(
                    line.refusal() == Status.VERSION_NOT_SUPPORTED ? line.refusal() : Status.BAD_REQUEST, manner);
        }
        stripLastValue(unterminated ? 1 : LEAST_RUN_BEFORE_LINE_END);
        return switch (line.method()) {
            case ADD -> add(manner);
            case LOOKUP -> isPlaceAcceptable() ? new Request.Lookup(line.number(), manner) : refused(manner);
            case LIST -> isPlaceAcceptable() ? new Request.ListAll(manner) : refused(manner);
            case GET -> isPlaceAcceptable() ? new Request.Get(line.number(), manner) : refused(manner);
            case CONNECT -> new Request.Hello(manner);
            case DEL, LEAVE, EXIT -> new Request.Leave(manner);
            case DISCONNECT, STOP, QUIT -> new Request.Quit(manner);
        };
    }

    private Request add(Manner manner) {
        int number = port == null ? -1 : Holder.parsePort(port);
        if (number < 0 || host == null || !Holder.isHost(host) || title == null || !Row.isTitle(title)) {
            return refused(manner);
        }
        return new Request.Add(new Row(line.number(), title, new Holder(host, number)), manner);
    }

    private static Request refused(Manner manner) {
        return new Request.Refused(Status.BAD_REQUEST, manner);
    }

    /** Those who only ask need not say where they are; but what they say must be right. */
    private boolean isPlaceAcceptable() {
        return (host == null || Holder.isHost(host)) && (port == null || Holder.parsePort(port) > 0);
    }

    private void stripLastValue(int leastRunOfTitle) {
        switch (last) {
            case HOST -> host = Wording.stripPadding(host, 1);
            case PORT -> port = Wording.stripPadding(port, 1);
            case TITLE -> title = Wording.stripPadding(title, leastRunOfTitle);
            case OTHER -> {}
        }
    }
}
