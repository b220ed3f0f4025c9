package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
    private static final String ADD =
            "ADD RFC 123 P2P-CI/1.0\r\nHost: thishost.csc.ncsu.edu\r\nPort: 5678\r\nTitle: A Proferred Official ICP\r\n";
    private static final Row ROW =
            new Row(new RfcNumber(123), "A Proferred Official ICP", new Holder("thishost.csc.ncsu.edu", 5678));
    private static final Manner CRLF_BLANK = new Manner(LineEnd.CRLF, EndMark.BLANK_LINE);
    private static final Manner CRLF_NONE = new Manner(LineEnd.CRLF, EndMark.NONE);
    private static final Manner LF_NONE = new Manner(LineEnd.LF, EndMark.NONE);

    private final RequestParser parser = new RequestParser();
    private long nowNanos = Long.MAX_VALUE - 5;

    @Test
    void aBlankLineEndsARequest() {
        assertThat(send(ADD)).isEmpty();
        assertThat(send("\r\n")).containsExactly(new Request.Add(ROW, CRLF_BLANK));
        assertThat(parser.isPending()).isFalse();
        assertThat(parser.nanosUntilDue(nowNanos)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anEndLineEndsARequest() {
        assertThat(send("LIST ALL P2P-CI/1.0\nHost: h\nEND\n"))
                .containsExactly(new Request.ListAll(new Manner(LineEnd.LF, EndMark.END_LINE)));
    }

    @Test
    void anEndMarkOfAnotherKindBehindTheFirstIsNoRequest() {
        assertThat(send("LIST ALL P2P-CI/1.0\n\nEND\nLIST ALL P2P-CI/1.0\nEND\n\r\n"))
                .hasSize(2);
        assertThat(pause(RequestParser.PAUSE_NANOS)).isEmpty();
    }

    @Test
    void theNextRequestLineEndsARequest() {
        assertThat(send(ADD + "LOOKUP RFC 123 P2P-CI/1.0\n")).containsExactly(new Request.Add(ROW, CRLF_NONE));
        assertThat(pause(RequestParser.PAUSE_NANOS)).containsExactly(new Request.Lookup(new RfcNumber(123), LF_NONE));
    }

    @Test
    void aPauseEndsARequestAlsoInTheMiddleOfALine() {
        send(ADD.substring(0, ADD.length() - 2));
        assertThat(pause(RequestParser.PAUSE_NANOS - 1)).isEmpty();
        assertThat(pause(1)).containsExactly(new Request.Add(ROW, CRLF_NONE));
        assertThat(send("\r\n\r\n")).isEmpty();
        assertThat(parser.isPending()).isFalse();
    }

    @Test
    void bytesThatKeepComingAreNoPause() {
        for (String line : ADD.split("(?<=\n)")) {
            assertThat(send(line)).isEmpty();
            assertThat(pause(RequestParser.PAUSE_NANOS - 1)).isEmpty();
        }
        assertThat(pause(1)).hasSize(1);
    }

    @Test
    void anAddThatLacksSomethingIsAwaitedLonger() {
        send("ADD RFC 123 P2P-CI/1.0\nHost: h\n");
        assertThat(pause(RequestParser.PATIENCE_NANOS - 1)).isEmpty();
        send("Port: 1\nTitle: t\n");
        assertThat(pause(RequestParser.PAUSE_NANOS)).hasOnlyElementsOfType(Request.Add.class);
        send("ADD RFC 123 P2P-CI/1.0\nHost: h\n");
        assertThat(pause(RequestParser.PATIENCE_NANOS))
                .containsExactly(new Request.Refused(Status.BAD_REQUEST, LF_NONE));
    }

    @Test
    void aPauseBeforeTheFirstLineIsWholeEndsNothing() {
        send("LIST AL");
        assertThat(pause(RequestParser.PAUSE_NANOS * 5)).isEmpty();
        send("L P2P-CI/1.");
        assertThat(pause(RequestParser.PAUSE_NANOS * 5)).isEmpty();
        send("0");
        assertThat(pause(RequestParser.PAUSE_NANOS)).containsExactly(new Request.ListAll(CRLF_NONE));
    }

    @Test
    void requestsWithoutAnyLineEndFollowEachOther() {
        for (int i = 0; i < 3; i++) {
            send("LIST ALL P2P-CI/1.0");
            assertThat(pause(RequestParser.PAUSE_NANOS)).containsExactly(new Request.ListAll(CRLF_NONE));
        }
    }

    @Test
    void headersThatComeAfterThePauseAreNoRequest() {
        send("LIST ALL P2P-CI/1.0\r\n");
        assertThat(pause(RequestParser.PAUSE_NANOS)).containsExactly(new Request.ListAll(CRLF_NONE));
        assertThat(send("Host: somehost\r\nPort: 1\r\n\r\n")).isEmpty();
        assertThat(send("LIST ALL P2P-CI/1.0\r\n\r\n")).containsExactly(new Request.ListAll(CRLF_BLANK));
    }

    @Test
    void theRestOfALineThatThePauseCutIsNoRequest() {
        send(ADD.substring(0, ADD.length() - 5));
        assertThat(pause(RequestParser.PAUSE_NANOS)).hasSize(1);
        assertThat(send("ICP\r\n\r\nLIST ALL P2P-CI/1.0\r\n\r\n")).containsExactly(new Request.ListAll(CRLF_BLANK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "!", "~~~~~~~~~~~~~~~~", "!!!!!!!!!!", "\n~~~~~~~~~~", "\r\n!!!!!!\r\n!!!!"})
    void paddingIsNoPartOfTheLastValue(String padding) {
        String unterminated = ADD.substring(0, ADD.length() - 2);
        send(unterminated + padding);
        assertThat(pause(RequestParser.PAUSE_NANOS)).containsExactly(new Request.Add(ROW, CRLF_NONE));
        send("LIST ALL P2P-CI/1.0" + padding);
        assertThat(pause(RequestParser.PAUSE_NANOS)).hasOnlyElementsOfType(Request.ListAll.class);
    }

    @Test
    void aRequestMayBeginRightBehindPadding() {
        String padded = ADD.substring(0, ADD.length() - 2) + "~~~~~~~~~";
        assertThat(send(padded + padded + "LOOKUP RFC 1 P2P-CI/1.0!!!!!!LIST ALL P2P-CI/1.0\n\n"))
                .containsExactly(
                        new Request.Add(ROW, CRLF_NONE),
                        new Request.Add(ROW, CRLF_NONE),
                        new Request.Lookup(new RfcNumber(1), LF_NONE),
                        new Request.ListAll(new Manner(LineEnd.LF, EndMark.BLANK_LINE)));
    }

    @Test
    void anExclamationMarkOfTheTitleStays() {
        assertThat(send("ADD RFC 1 P2P-CI/1.0\nHost: h\nPort: 1\nTitle: Hello World!\n\n"))
                .extracting(request -> ((Request.Add) request).row().title())
                .containsExactly("Hello World!");
    }

    @Test
    void headerNamesComeInAnyCaseAndOrderAndUnknownOnesDoNotMatter() {
        String odd = " ADD  RFC\t123 P2P-CI/1.0 \r\n title:A Proferred Official ICP \r\nX-Y: z\r\nno header\r\n"
                + "PORT:5678\r\n  hOsT :thishost.csc.ncsu.edu\r\nOS: \377\r\n\r\n";
        assertThat(send(odd)).containsExactly(new Request.Add(ROW, CRLF_BLANK));
    }

    @Test
    void theFirstOfTwoHeadersCounts() {
        assertThat(send("ADD RFC 1 P2P-CI/1.0\nHost: a\nHost: b\nPort: 1\nPort: 2\nTitle: t\nTitle: u\n\n"))
                .extracting(request -> ((Request.Add) request).row().toString())
                .containsExactly("RFC 1 t a 1");
    }

    @ParameterizedTest
    @CsvSource({
        "LIST ALL P2P-CI/1.1, 505",
        "LIST ALL, 505",
        "hello, 505",
        "GET / HTTP/1.1, 505",
        "FOO RFC 1 P2P-CI/2.0, 505",
        "ADD RFC x P2P-CI/9, 505",
        "LEAVE P2P-CI/1.1, 505",
        "FOO RFC 1 P2P-CI/1.0, 400",
        "add RFC 1 P2P-CI/1.0, 400",
        "LOOKUP RFC P2P-CI/1.0, 400",
        "LOOKUP RFC 1 2 P2P-CI/1.0, 400",
        "LOOKUP FYI 1 P2P-CI/1.0, 400",
        "LOOKUP RFC -1 P2P-CI/1.0, 400",
        "LOOKUP RFC 1e3 P2P-CI/1.0, 400",
        "GET RFC ../../etc/passwd P2P-CI/1.0, 400",
        "LOOKUP RFC ١ P2P-CI/1.0, 400",
        "LOOKUP RFC 1234567890123456789 P2P-CI/1.0, 400",
        "LIST RFC 1 P2P-CI/1.0, 400",
        "LIST SOME P2P-CI/1.0, 400",
        "ADD RFC 1 P2P-CI/1.0, 400"
    })
    void aLineThatIsNoRequestIsRefused(String line, int code) {
        Status status = Status.of(code).orElseThrow();
        assertThat(send(line + "\r\n\r\n")).containsExactly(new Request.Refused(status, CRLF_BLANK));
        assertThat(send("LIST P2P-CI/1.0\r\n\r\n")).containsExactly(new Request.ListAll(CRLF_BLANK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: h|Title: t",
                "Port: 1|Title: t",
                "Host: h|Port: 1",
                "Host: h|Port: 0|Title: t",
                "Host: h|Port: 65536|Title: t",
                "Host: h|Port: 4294967297|Title: t",
                "Host: h|Port: -1|Title: t",
                "Host: h|Port: |Title: t",
                "Host: h|Port: 80x|Title: t",
                "Host:|Port: 1|Title: t",
                "Host: a b|Port: 1|Title: t",
                "Host: a\u00a0b|Port: 1|Title: t",
                "Host: h|Port: 1|Title:",
                "Host: h|Port: 1|Title: a\rb",
                "Host: h|Port: 1|Title: a\0b",
                "Host: h|Port: 1|Title: a\u2028RFC 1 x evil 1",
                "Host: h|Port: 1|Title: a\u0085b",
                "Host: h|Port: 1|X: a\rb|Title: t"
            })
    void anAddThatIsNotCompleteAndPlainIsRefused(String headers) {
        assertThat(send("ADD RFC 1 P2P-CI/1.0\n" + headers.replace('|', '\n') + "\n\n"))
                .containsExactly(new Request.Refused(Status.BAD_REQUEST, new Manner(LineEnd.LF, EndMark.BLANK_LINE)));
    }

    @Test
    void whatSomebodySaysOfItselfMustBeRightAlsoWhenItOnlyAsks() {
        assertThat(send("LOOKUP RFC 1 P2P-CI/1.0\nHost: a b\n\nLIST ALL P2P-CI/1.0\nPort: x\n\n"))
                .hasOnlyElementsOfType(Request.Refused.class)
                .hasSize(2);
    }

    @Test
    void titlesAreUtf8() {
        String title = "Über RFC-Nummern 零 ‌\uD83D\uDE00";
        assertThat(send("ADD RFC 1 P2P-CI/1.0\nHost: h\nPort: 1\nTitle: " + title + "\n\n"))
                .extracting(request -> ((Request.Add) request).row().title())
                .containsExactly(title);
        byte[] latin1 =
                "ADD RFC 1 P2P-CI/1.0\nHost: h\nPort: 1\nTitle: \u00fcber\n\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(drain(ByteBuffer.wrap(latin1))).hasOnlyElementsOfType(Request.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DEL PEER P2P-CI/1.0", "DEL RFC 7 P2P-CI/1.0", "LEAVE P2P-CI/1.0", "EXIT", "EXIT P2P-CI/1.0"})
    void departuresEndLikeOtherRequests(String line) {
        assertThat(send(line + "\nHost: h\nPort: 1\n")).isEmpty();
        assertThat(pause(RequestParser.PAUSE_NANOS)).containsExactly(new Request.Leave(LF_NONE));
    }

    @Test
    void aDepartureMayBeOneLineWithEverything() {
        send("EXIT P2P-CI/1.0 Host: 10.0.0.1 Port: 60001");
        assertThat(pause(RequestParser.PAUSE_NANOS)).containsExactly(new Request.Leave(CRLF_NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIT P2P-CI/1.0", "STOP", "DISCONNECT P2P-CI/1.0", "QUIT"})
    void someDeparturesAreOverWithTheirLine(String line) {
        assertThat(send(line + "\n")).containsExactly(new Request.Quit(LF_NONE));
    }

    @Test
    void aDepartureEndsTheRequestBeforeIt() {
        assertThat(send("LIST ALL P2P-CI/1.0\nHost: h\nEXIT\n")).containsExactly(new Request.ListAll(LF_NONE));
        assertThat(send("\n")).hasOnlyElementsOfType(Request.Leave.class);
    }

    @Test
    void aHelloIsOverWithItsLineAndTakesItsHeadersAlong() {
        assertThat(send("CONNECT 5678 P2P-CI/1.0\r\nHost: h\r\n\r\n")).containsExactly(new Request.Hello(CRLF_NONE));
    }

    @Test
    void theEndOfTheStreamEndsARequest() {
        send("LIST ALL P2P-CI/1.0\nHost: h");
        assertThat(atEnd()).containsExactly(new Request.ListAll(LF_NONE));
        assertThat(atEnd()).isEmpty();
    }

    @Test
    void aRequestMustComeWithinItsDeadline() {
        send("LIST ALL P2P-CI/1.0\n");
        List<Request> requests = new ArrayList<>();
        for (long waited = 0; waited <= RequestParser.DEADLINE_NANOS; waited += RequestParser.PAUSE_NANOS / 2) {
            requests.addAll(send("x"));
            requests.addAll(pause(RequestParser.PAUSE_NANOS / 2));
        }
        assertThat(requests).containsExactly(new Request.ListAll(LF_NONE));
    }

    @Test
    void aFirstLineThatIsNeverWholeIsRefusedAtTheDeadline() {
        send("LIST");
        assertThat(pause(RequestParser.DEADLINE_NANOS - 1)).isEmpty();
        assertThat(pause(1)).containsExactly(new Request.Refused(Status.VERSION_NOT_SUPPORTED, CRLF_NONE));
        assertThat(send(" ALL\nLIST ALL P2P-CI/1.0\n\n")).hasOnlyElementsOfType(Request.ListAll.class);
    }

    @Test
    void theLongestLineIsTakenAndTheNextLongerIsRefused() {
        String head = "LOOKUP RFC 1 P2P-CI/1.0\nX: ";
        int room = RequestParser.MAX_REQUEST_BYTES - head.length() - 2;
        assertThat(send(head + "x".repeat(room) + "\n\n")).hasOnlyElementsOfType(Request.Lookup.class);
        assertThat(send(head + "x".repeat(room + 1) + "\n\n")).hasOnlyElementsOfType(Request.Refused.class);
        assertThat(send("LIST P2P-CI/1.0\n\n")).hasOnlyElementsOfType(Request.ListAll.class);
    }

    /** Ten thousand such senders are looked at ten times a second. */
    @Test
    void aLongFirstLineWithoutAnEndIsNotLookedAtBeforeTheDeadline() {
        String words = "x ".repeat(RequestParser.MAX_UNTERMINATED_BYTES / 2);
        assertThat(send("LIST " + words + "P2P-CI/1.0")).isEmpty();
        assertThat(parser.nanosUntilDue(nowNanos)).isEqualTo(RequestParser.DEADLINE_NANOS);
        assertThat(send("\n\n")).hasOnlyElementsOfType(Request.Refused.class);
        long before = System.nanoTime();
        send("y".repeat(RequestParser.MAX_LINE_BYTES));
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(parser.nanosUntilDue(nowNanos) > 0).isTrue();
        }
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
    }

    @Test
    void ofALongValueNothingIsKept() {
        assertThat(send("ADD RFC 5 P2P-CI/1.0\nHost: h\nPort: 1\nTitle: " + "t".repeat(10_000) + "\n"))
                .isEmpty();
        assertThat(parser.heldBytes()).isZero();
        assertThat(send("\n")).hasOnlyElementsOfType(Request.Refused.class);
    }

    @Test
    void manyShortHeadersAreLimitedToo() {
        assertThat(send("LOOKUP RFC 1 P2P-CI/1.0\n" + "X: y\n".repeat(RequestParser.MAX_REQUEST_BYTES / 5) + "\n"))
                .containsExactly(new Request.Refused(Status.BAD_REQUEST, new Manner(LineEnd.LF, EndMark.BLANK_LINE)));
    }

    @Test
    void anEndlessLineIsAFlood() {
        String chunk = "x".repeat(65_536);
        long sent = 0;
        while (!parser.isFlooded()) {
            assertThat(send(chunk)).isEmpty();
            sent += chunk.length();
            assertThat(sent).isLessThan(2L * RequestParser.MAX_DISCARDED_BYTES);
        }
        assertThat(sent).isGreaterThan(RequestParser.MAX_DISCARDED_BYTES);
    }

    @Test
    void aLineFullOfPaddingAndMethodsIsReadInNoTime() {
        String hostile = "~~ADD".repeat(3_000) + "\n" + "LIST ALL P2P-CI/1.0~~".repeat(700) + "\n\n";
        long before = System.nanoTime();
        assertThat(send("LIST ALL P2P-CI/1.0\n" + hostile)).hasSizeGreaterThan(700);
        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
    }

    @Test
    void theSplitOfTheBytesDoesNotMatter() {
        String stream =
                ADD + "\r\n" + "~~~~~~" + ADD.replace("\r\n", "\n") + "LOOKUP RFC 5 P2P-CI/1.0\nHost: h\nEND\n\n"
                        + "hello\r\n\r\nLIST ALL P2P-CI/1.0~~~~LIST P2P-CI/1.0\r\n\r\nCONNECT 5 P2P-CI/1.0\nQUIT\n"
                        + "ADD RFC 9 P2P-CI/1.0\nHost: é\nPort: 77\nTitle: Ü\rb\n\n" + "LOOKUP RFC 1 P2P-CI/1.0\nX: "
                        + "x".repeat(20_000) + "\n\nLIST ALL P2P-CI/1.0\r\n\r\n";
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        List<Request> whole = drain(ByteBuffer.wrap(bytes));
        assertThat(whole).hasSize(11);
        Random random = new Random(101);
        for (int most : new int[] {1, 2, 3, 7, 100, 5_000}) {
            List<Request> split = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(1 + random.nextInt(most), bytes.length - at);
                split.addAll(drain(ByteBuffer.wrap(bytes, at, count)));
                at += count;
            }
            assertThat(split).as("at most %d bytes a read", most).isEqualTo(whole);
        }
    }

    @Test
    void requestsAreFetchedOneByOne() {
        ByteBuffer in = ByteBuffer.wrap("LIST P2P-CI/1.0\n\nLIST P2P-CI/1.0\n\n".getBytes(StandardCharsets.UTF_8));
        assertThat(parser.next(in, nowNanos)).isNotNull();
        assertThat(in.remaining()).isEqualTo(17);
        assertThat(parser.next(in, nowNanos)).isNotNull();
        assertThat(parser.next(in, nowNanos)).isNull();
    }

    private List<Request> send(String text) {
        return drain(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<Request> drain(ByteBuffer in) {
        List<Request> requests = new ArrayList<>();
        for (Request request = parser.next(in, nowNanos); request != null; request = parser.next(in, nowNanos)) {
            requests.add(request);
        }
        assertThat(in.hasRemaining()).isFalse();
        return requests;
    }

    private List<Request> pause(long nanos) {
        nowNanos += nanos;
        List<Request> requests = new ArrayList<>();
        for (Request request = parser.onTime(nowNanos); request != null; request = parser.onTime(nowNanos)) {
            requests.add(request);
        }
        return requests;
    }

    private List<Request> atEnd() {
        List<Request> requests = new ArrayList<>();
        for (Request request = parser.onEndOfInput(); request != null; request = parser.onEndOfInput()) {
            requests.add(request);
        }
        return requests;
    }
}
