package p101.p2pci;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an uploading program sends before the content, as far as anything in it matters. Programs leave out the blank line, put
 * one between the headers, or write {@code Data} for {@code Date}; so the head ends with the line {@code Content-Type} and a
 * blank line if there is one, and only without that line where something stands that is no header. spec/P2PCI.md, section 9.
 *
 * @param code of the status line
 * @param length what {@code Content-Length} says; empty when there is none that can be read
 * @param bytes how long the head is: the content begins there
 * @param blankBytes how many of these bytes are the blank line at the end, which may be the content's own
 */
record GetHead(int code, OptionalLong length, int bytes, int blankBytes) {
    /** Most bytes of a head. */
    static final int MAX_BYTES = 16_384;

    private static final int MAX_LENGTH_DIGITS = 15;

    /**
     * Reads a head.
     *
     * @param received what came so far
     * @param count how many bytes of it
     * @param ended whether no more will come
     * @return empty when more is needed
     * @throws BadUploadException when it is none
     */
    static Optional<GetHead> read(byte[] received, int count, boolean ended) throws BadUploadException {
        return new Scan(received, count, ended).run();
    }

    /** One look at the bytes. */
    private static final class Scan {
        private final byte[] bytes;
        private final int count;
        private final boolean ended;
        private int at;
        private int code;
        private OptionalLong length = OptionalLong.empty();
        /** Where the last blank line before a header began; -1 = the line before was none. */
        private int blankAt = -1;

        Scan(byte[] bytes, int count, boolean ended) {
            this.bytes = bytes;
            this.count = count;
            this.ended = ended;
        }

        Optional<GetHead> run() throws BadUploadException {
            String status = nextLine();
            while (status != null && Wording.trim(status).isEmpty()) {
                status = nextLine();
            }
            if (status == null) {
                return needMore();
            }
            code = code(status);
            if (code != Status.OK.code()) {
                return Optional.of(new GetHead(code, length, at, 0));
            }
            int start = at;
            for (String line = nextLine(); line != null; line = nextLine()) {
                if (Wording.trim(line).isEmpty()) {
                    blankAt = start;
                } else if (!header(line)) {
                    return Optional.of(new GetHead(code, length, start, blankAt < 0 ? 0 : start - blankAt));
                } else if (isContentType(line)) {
                    return afterContentType();
                } else {
                    blankAt = -1;
                }
                start = at;
            }
            return ended ? Optional.of(new GetHead(code, length, at, 0)) : needMore();
        }

        private Optional<GetHead> needMore() throws BadUploadException {
            if (ended || count > MAX_BYTES) {
                throw new BadUploadException(
                        count == 0 ? "closed the connection without an answer" : "answered with something else");
            }
            return Optional.empty();
        }

        private Optional<GetHead> afterContentType() throws BadUploadException {
            int left = count - at;
            if (left == 0 || (left == 1 && bytes[at] == '\r')) {
                return ended ? Optional.of(new GetHead(code, length, at, 0)) : needMore();
            }
            int blank = bytes[at] == '\n' ? 1 : bytes[at] == '\r' && bytes[at + 1] == '\n' ? 2 : 0;
            return Optional.of(new GetHead(code, length, at + blank, blank));
        }

        /** Takes a line; {@code null} when its end has not come. */
        private String nextLine() {
            for (int i = at; i < count; i++) {
                if (bytes[i] == '\n') {
                    String line = Line.of(Arrays.copyOfRange(bytes, at, i), i - at, false)
                            .text();
                    at = i + 1;
                    return line;
                }
            }
            return null;
        }

        /** Whether the line is a header; notes the length. */
        private boolean header(String line) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                return false;
            }
            String name = Wording.trim(line.substring(0, colon)).toLowerCase(Locale.ROOT);
            String value = Wording.trim(line.substring(colon + 1));
            switch (name) {
                case "content-length" -> {
                    if (Wording.isDigits(value) && value.length() <= MAX_LENGTH_DIGITS) {
                        length = OptionalLong.of(Long.parseLong(value));
                    }
                    return true;
                }
                case "date", "data", "os", "last-modified", "content-type" -> {
                    return true;
                }
                default -> {
                    // Behind a blank line only the headers of the protocol are headers: it may be the content already.
                    return blankAt < 0 && name.indexOf(' ') < 0;
                }
            }
        }

        private static boolean isContentType(String line) {
            return line.toLowerCase(Locale.ROOT).stripLeading().startsWith("content-type");
        }

        private static int code(String status) throws BadUploadException {
            var words = Wording.words(status);
            if (!words.get(0).startsWith(Wording.VERSION_PREFIX)
                    || words.size() < 2
                    || !Wording.isDigits(words.get(1))
                    || words.get(1).length() > 3) {
                throw new BadUploadException("does not speak P2P-CI");
            }
            return Integer.parseInt(words.get(1));
        }
    }
}
