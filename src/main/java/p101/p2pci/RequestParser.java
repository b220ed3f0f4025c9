package p101.p2pci;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Cuts what one connection sends into requests: a state machine over bytes and time. The same bytes give the same requests
 * however they are split, as long as no pause falls between them. spec/P2PCI.md, section 3.
 *
 * <p>Requests are fetched one at a time, so that whoever is busy with an answer leaves the rest of the bytes where they are.
 * One thread. An idle parser holds no buffer.
 */
public final class RequestParser {
    /** Most bytes of a line, its end not counted. */
    public static final int MAX_LINE_BYTES = 16_384;

    /** Most bytes of a request. */
    public static final int MAX_REQUEST_BYTES = 16_384;

    /** Most bytes of one request that are read and forgotten after it has become too long; then the sender is given up. */
    public static final int MAX_DISCARDED_BYTES = 1_048_576;

    /**
     * Most bytes of a first line without an end, padding included; a longer one is no whole line. Whoever sends one is looked at
     * again and again, so that this is also what a thousand such senders cost.
     */
    static final int MAX_UNTERMINATED_BYTES = 2_048;

    /** A silence that ends a request. */
    public static final long PAUSE_NANOS = 100_000_000L;

    /** A silence that ends an ADD in which something is still missing: it will be refused, so it may be awaited longer. */
    public static final long PATIENCE_NANOS = 400_000_000L;

    /** How long a request may take from its first byte, however steadily it comes. */
    public static final long DEADLINE_NANOS = 10_000_000_000L;

    private final LineBuffer line = new LineBuffer(MAX_LINE_BYTES);
    private final ArrayDeque<Request> ready = new ArrayDeque<>(2);
    /** {@code null} between requests. */
    private RequestDraft draft;

    private LineEnd lastLineEnd = LineEnd.CRLF;
    private long requestBytes;
    private long firstByteNanos;
    private long lastByteNanos;
    /** The request before this line ended without a mark: headers of it may still be on their way. */
    private boolean lateHeaders;
    /** The line that is coming in began before a pause ended the request it belonged to. */
    private boolean cutLine;

    /**
     * Takes bytes until a request is over.
     *
     * @return the request, or {@code null} when all bytes were taken and none is over
     */
    public Request next(ByteBuffer in, long nowNanos) {
        while (ready.isEmpty() && in.hasRemaining()) {
            take(in, nowNanos);
        }
        return ready.poll();
    }

    /**
     * Looks whether a silence, or the deadline, ended the request that is coming in.
     *
     * @return the request, or {@code null}; when not {@code null}, ask again
     */
    public Request onTime(long nowNanos) {
        if (ready.isEmpty() && isPending() && nanosUntilDue(nowNanos) <= 0) {
            if (draft != null || !isFirstLineOpen()) {
                cut();
            } else {
                refuseFirstLine();
            }
        }
        return ready.poll();
    }

    /** No more bytes will come: what is there is all. To be called until it gives {@code null}. */
    public Request onEndOfInput() {
        if (ready.isEmpty() && isPending()) {
            cut();
        }
        return ready.poll();
    }

    /** Whether something has come that is not a whole request. */
    public boolean isPending() {
        return draft != null || (!line.isEmpty() && (!cutLine || !isFirstLineOpen()));
    }

    /** When {@link #onTime} has something to do, in nanoseconds from now; {@link Long#MAX_VALUE} = never. */
    public long nanosUntilDue(long nowNanos) {
        if (!ready.isEmpty()) {
            return 0;
        }
        if (!isPending()) {
            return Long.MAX_VALUE;
        }
        long untilDeadline = firstByteNanos + DEADLINE_NANOS - nowNanos;
        if (draft == null && isFirstLineOpen()) {
            return untilDeadline;
        }
        boolean complete = draft == null || draft.isCompleteWith(line.beginning());
        long untilSilence = lastByteNanos + (complete ? PAUSE_NANOS : PATIENCE_NANOS) - nowNanos;
        return Math.min(untilDeadline, untilSilence);
    }

    /** Whether the sender of an endless request should be given up. */
    public boolean isFlooded() {
        return requestBytes > MAX_REQUEST_BYTES + MAX_DISCARDED_BYTES;
    }

    /** Memory that is held for the request that is coming in. */
    int heldBytes() {
        return line.heldBytes() + (draft == null ? 0 : draft.heldBytes());
    }

    /** There is no room for the request that is coming in: it will be refused when it is over, and nothing of it is kept. */
    void refuseUnfinished() {
        line.forget();
        if (draft != null) {
            draft.spoil();
        }
    }

    /** Whether the first line has begun and cannot be the whole of one. */
    private boolean isFirstLineOpen() {
        return line.isTooLong()
                || line.length() > MAX_UNTERMINATED_BYTES
                || !RequestLine.isWhole(withoutPadding(line.look()).text());
    }

    private void take(ByteBuffer in, long nowNanos) {
        lastByteNanos = nowNanos;
        if (draft == null && line.isEmpty()) {
            skipFiller(in);
            if (!in.hasRemaining()) {
                return;
            }
            firstByteNanos = nowNanos;
            requestBytes = 0;
        }
        int before = in.remaining();
        boolean complete = line.take(in);
        requestBytes += before - in.remaining();
        if (requestBytes > MAX_REQUEST_BYTES && draft != null) {
            draft.spoil();
        }
        if (complete) {
            Line whole = line.look();
            line.clear();
            onLine(whole);
        }
    }

    /** Line ends, blanks and padding between requests. */
    private void skipFiller(ByteBuffer in) {
        while (in.hasRemaining()) {
            int next = in.get(in.position());
            if (next == '\n') {
                cutLine = false;
            } else if (next != '\r' && next != ' ' && next != '\t' && !Wording.isPadding(next)) {
                return;
            }
            in.get();
        }
    }

    private void onLine(Line whole) {
        boolean rest = cutLine;
        cutLine = false;
        if (draft != null) {
            onHeaderLine(whole);
        } else if (whole.beginsRequest() || !(rest || whole.isEnd() || (lateHeaders && whole.isHeader()))) {
            begin(whole, whole.lineEnd());
        }
    }

    private void onHeaderLine(Line whole) {
        if (whole.isBlank()) {
            end(EndMark.BLANK_LINE, false);
        } else if (whole.isEnd()) {
            end(EndMark.END_LINE, false);
        } else {
            addOrBegin(withoutLeadingPadding(whole), whole.lineEnd());
        }
    }

    private void addOrBegin(Line next, LineEnd lineEnd) {
        if (next.beginsRequest()) {
            end(EndMark.NONE, false);
            firstByteNanos = lastByteNanos;
            begin(next, lineEnd);
            return;
        }
        int glued = gluedRequest(next);
        if (glued < 0) {
            draft.add(next);
            return;
        }
        draft.add(next.withText(next.text().substring(0, glued)));
        end(EndMark.NONE, true);
        begin(next.withText(next.text().substring(glued)), lineEnd);
    }

    private void begin(Line first, LineEnd lineEnd) {
        lastLineEnd = lineEnd;
        lateHeaders = false;
        int glued = gluedRequest(first);
        if (glued >= 0) {
            draft = new RequestDraft(first.withText(first.text().substring(0, glued)), lineEnd);
            end(EndMark.NONE, true);
            begin(first.withText(first.text().substring(glued)), lineEnd);
            return;
        }
        draft = new RequestDraft(first, lineEnd);
        if (draft.isOneLine()) {
            end(EndMark.NONE, false);
        }
    }

    private void end(EndMark mark, boolean unterminated) {
        ready.add(draft.finish(mark, unterminated));
        draft = null;
        lateHeaders = mark == EndMark.NONE;
        requestBytes = 0;
    }

    /** The request, or the first line, is over although nothing in it says so. */
    private void cut() {
        boolean unterminated = !line.isEmpty();
        Line rest = line.look();
        line.clear();
        if (draft == null) {
            begin(rest, lastLineEnd);
            cutLine = true;
        } else if (rest.isEnd()) {
            end(EndMark.END_LINE, false);
            return;
        } else if (unterminated && !rest.isBlank()) {
            addOrBegin(withoutLeadingPadding(rest), lastLineEnd);
            cutLine = true;
        }
        if (draft != null) {
            end(EndMark.NONE, unterminated);
        }
    }

    private void refuseFirstLine() {
        boolean tooLong = line.isTooLong();
        Line rest = line.look();
        line.clear();
        draft = new RequestDraft(rest, lastLineEnd);
        if (tooLong) {
            draft.spoil();
        }
        end(EndMark.NONE, true);
        cutLine = true;
    }

    /** Where a request begins in a line that holds the padded end of the one before; -1 = nowhere. */
    private static int gluedRequest(Line whole) {
        if (whole.broken()) {
            return -1;
        }
        String text = whole.text();
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean padding = Wording.isPadding(text.charAt(i));
            if (!padding && run > 1 && i > run && Method.standsAt(text, i) && RequestLine.looksLikeOne(text, i)) {
                return i;
            }
            run = padding ? run + 1 : 0;
        }
        return -1;
    }

    private static Line withoutLeadingPadding(Line whole) {
        int from = 0;
        while (from < whole.text().length() && Wording.isPadding(whole.text().charAt(from))) {
            from++;
        }
        return from == 0 ? whole : whole.withText(whole.text().substring(from));
    }

    private static Line withoutPadding(Line whole) {
        return whole.withText(Wording.stripPadding(Wording.trim(whole.text()), 1));
    }
}
