package p101.rendezvous;

import java.nio.ByteBuffer;
import p101.loop.LineFramer;
import p101.loop.LineTooLongException;

/**
 * Cuts the bytes of one connection into requests, whatever pieces they come in: a pure state machine. After {@link
 * HttpEvent.Refused} it reads nothing more, since nobody knows where the next request would begin. One thread.
 */
final class HttpReader {
    /** The only order is the one below; BODY leads back to REQUEST_LINE, and any state may be left for BROKEN. */
    private enum State {
        /** Empty lines, then the request line; the end of input here is no fault if not a byte of it has come. */
        REQUEST_LINE,
        HEADERS,
        BODY,
        BROKEN
    }

    private static final byte[] NO_BODY = {};

    private State state = State.REQUEST_LINE;
    private LineFramer lines = newLines();
    private int headBytes;
    private RequestHead.Line line;
    private HttpHeaders headers;
    private byte[] body;
    private int bodyFill;
    private boolean mayAwaitContinue;

    private static LineFramer newLines() {
        return new LineFramer(HttpLimits.MAX_HEAD_BYTES);
    }

    /** Whether the beginning of a request has come, and its end has not. */
    boolean isInside() {
        return state == State.HEADERS || state == State.BODY || lines.pendingBytes() > 0;
    }

    /** The next request; {@code null} when all bytes were taken and it is not complete yet. */
    HttpEvent next(ByteBuffer in) {
        try {
            return read(in);
        } catch (HttpRefusal refusal) {
            return broken(refusal.status());
        }
    }

    /** No more bytes will come; {@code null} when that is no fault. */
    HttpEvent onEndOfInput() {
        return isInside() ? broken(Status.BAD_REQUEST) : null;
    }

    /** The time for a request is over; {@code null} when none has begun. */
    HttpEvent onTimeout() {
        return isInside() ? broken(Status.REQUEST_TIMEOUT) : null;
    }

    private HttpEvent broken(Status status) {
        state = State.BROKEN;
        lines = newLines();
        headers = null;
        body = null;
        return new HttpEvent.Refused(status);
    }

    private HttpEvent read(ByteBuffer in) throws HttpRefusal {
        while (state == State.REQUEST_LINE || state == State.HEADERS) {
            byte[] next = nextLine(in);
            if (next == null) {
                return null;
            }
            if (state == State.REQUEST_LINE) {
                onFirstLine(next);
            } else if (next.length > 0) {
                onHeader(next);
            } else {
                onEndOfHead();
            }
        }
        return state == State.BODY ? readBody(in) : discard(in);
    }

    private byte[] nextLine(ByteBuffer in) throws HttpRefusal {
        byte[] next;
        try {
            next = lines.next(in);
        } catch (LineTooLongException tooLong) {
            throw new HttpRefusal(tooLong());
        }
        // The last byte of an unfinished line may be the CR of its end: whoever counted it would judge by the pieces.
        int lineBytes = next == null ? lines.pendingBytes() - 1 : next.length;
        int endBytes = next == null || lines.lastLineEndedInCrlf() ? 2 : 1;
        if (state == State.REQUEST_LINE && lineBytes > HttpLimits.MAX_REQUEST_LINE_BYTES) {
            throw new HttpRefusal(Status.URI_TOO_LONG);
        }
        if (headBytes + lineBytes + endBytes > HttpLimits.MAX_HEAD_BYTES) {
            throw new HttpRefusal(tooLong());
        }
        headBytes += next == null ? 0 : lineBytes + endBytes;
        return next;
    }

    private Status tooLong() {
        return state == State.REQUEST_LINE ? Status.URI_TOO_LONG : Status.HEADERS_TOO_LARGE;
    }

    private void onFirstLine(byte[] text) throws HttpRefusal {
        // Some senders put an empty line behind a body; HTTP asks to bear with it.
        if (text.length > 0) {
            line = RequestHead.parseLine(text);
            headers = new HttpHeaders();
            state = State.HEADERS;
        }
    }

    private void onHeader(byte[] text) throws HttpRefusal {
        if (headers.size() == HttpLimits.MAX_HEADERS) {
            throw new HttpRefusal(Status.HEADERS_TOO_LARGE);
        }
        RequestHead.parseHeader(text, headers);
    }

    private void onEndOfHead() throws HttpRefusal {
        int length = RequestHead.bodyLength(line, headers);
        mayAwaitContinue = length > 0 && RequestHead.awaitsContinue(line, headers);
        body = length == 0 ? NO_BODY : new byte[length];
        bodyFill = 0;
        state = State.BODY;
    }

    private HttpEvent readBody(ByteBuffer in) {
        if (mayAwaitContinue && !in.hasRemaining()) {
            mayAwaitContinue = false;
            return new HttpEvent.AwaitsContinue();
        }
        mayAwaitContinue = false;
        int count = Math.min(in.remaining(), body.length - bodyFill);
        in.get(body, bodyFill, count);
        bodyFill += count;
        if (bodyFill < body.length) {
            return null;
        }
        HttpRequest request = new HttpRequest(line.method(), line.target(), line.minor(), headers, body);
        state = State.REQUEST_LINE;
        headBytes = 0;
        headers = null;
        body = null;
        return new HttpEvent.Complete(request);
    }

    private static HttpEvent discard(ByteBuffer in) {
        in.position(in.limit());
        return null;
    }
}
