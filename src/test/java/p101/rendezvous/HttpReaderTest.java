package p101.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p101.testing.Splitter;

/** The limits, at the last value that is let in and the first that is not, in whatever pieces. */
class HttpReaderTest {
    @ParameterizedTest
    @EnumSource(Splitter.class)
    void theRequestLine(Splitter splitter) {
        String fits = "GET /" + "x".repeat(HttpLimits.MAX_REQUEST_LINE_BYTES - 14) + " HTTP/1.1";
        assertThat(fits).hasSize(HttpLimits.MAX_REQUEST_LINE_BYTES);
        for (String end : List.of("\n\n", "\r\n\r\n")) {
            assertThat(read(fits + end, splitter)).containsExactly("GET");
            assertThat(read(fits.replace("/x", "/xx") + end, splitter)).containsExactly("414");
        }
    }

    @ParameterizedTest
    @EnumSource(Splitter.class)
    void theHead(Splitter splitter) {
        for (String end : List.of("\n", "\r\n")) {
            String begin = "GET / HTTP/1.1" + end + "A: ";
            int room = HttpLimits.MAX_HEAD_BYTES - begin.length() - 2 * end.length();
            assertThat(read(begin + "x".repeat(room) + end + end, splitter)).containsExactly("GET");
            assertThat(read(begin + "x".repeat(room + 1) + end + end, splitter)).containsExactly("431");
            String manyLines = ("B: " + "y".repeat(200) + end).repeat(41);
            assertThat(read("GET / HTTP/1.1" + end + manyLines, splitter)).containsExactly("431");
        }
    }

    @ParameterizedTest
    @EnumSource(Splitter.class)
    void emptyLinesBeforeARequestAreBorneButNotForEver(Splitter splitter) {
        assertThat(read("\r\n\n\r\nGET / HTTP/1.0\n\n\n\nGET / HTTP/1.0\n\n", splitter))
                .containsExactly("GET", "GET");
        assertThat(read("\n".repeat(HttpLimits.MAX_HEAD_BYTES + 1), splitter)).containsExactly("414");
    }

    @ParameterizedTest
    @EnumSource(Splitter.class)
    void headersAndBody(Splitter splitter) {
        String most = "A: b\r\n".repeat(HttpLimits.MAX_HEADERS);
        assertThat(read("GET / HTTP/1.1\r\n" + most + "\r\n", splitter)).containsExactly("GET");
        assertThat(read("GET / HTTP/1.1\r\n" + most + "A: b\r\n\r\n", splitter)).containsExactly("431");
        int body = HttpLimits.MAX_BODY_BYTES;
        assertThat(read("Post / HTTP/1.1\r\nContent-type: " + body + "\r\n\r\n" + "z".repeat(body), splitter))
                .containsExactly("Post" + body);
        assertThat(read("Post / HTTP/1.1\r\nContent-type: " + (body + 1) + "\r\n\r\n", splitter))
                .containsExactly("413");
    }

    @Test
    void nothingIsReadBehindARefusal() {
        HttpReader reader = new HttpReader();
        ByteBuffer in = bytes("GET\r\n\r\nGET / HTTP/1.1\r\n\r\n");
        assertThat(reader.next(in)).isInstanceOf(HttpEvent.Refused.class);
        assertThat(reader.next(in)).isNull();
        assertThat(in.hasRemaining()).isFalse();
        assertThat(reader.next(bytes("GET / HTTP/1.1\r\n\r\n"))).isNull();
        assertThat(reader.onEndOfInput()).isNull();
        assertThat(reader.onTimeout()).isNull();
    }

    @Test
    void anEndBetweenRequestsIsNoFault() {
        HttpReader reader = new HttpReader();
        assertThat(reader.onEndOfInput()).isNull();
        assertThat(reader.next(bytes("GET / HTTP/1.1\r\n\r\n"))).isInstanceOf(HttpEvent.Complete.class);
        assertThat(reader.isInside()).isFalse();
        assertThat(reader.onEndOfInput()).isNull();
        assertThat(reader.next(bytes("G"))).isNull();
        assertThat(reader.onEndOfInput()).isEqualTo(new HttpEvent.Refused(Status.BAD_REQUEST));
    }

    @Test
    void targets() {
        assertThat(request("http://h:1/a/b?c#d").path()).isEqualTo("/a/b");
        assertThat(request("HTTPS://h").path()).isEmpty();
        assertThat(request("/a#b?c").query()).isEmpty();
        assertThat(request("/a?b=c#d").query()).isEqualTo("b=c");
        assertThat(request("h:1/a").path()).isEqualTo("h:1/a");
        assertThat(request("*").path()).isEqualTo("*");
    }

    @Test
    void connections() {
        assertThat(connection("HTTP/1.1", "").wantsKeptOpen()).isTrue();
        assertThat(connection("HTTP/1.1", "Connection: x, Close\r\n").wantsKeptOpen())
                .isFalse();
        assertThat(connection("HTTP/1.0", "").wantsKeptOpen()).isFalse();
        assertThat(connection("HTTP/1.0", "Connection: Keep-Alive\r\n").wantsKeptOpen())
                .isTrue();
    }

    private static HttpRequest request(String target) {
        return ((HttpEvent.Complete) new HttpReader().next(bytes("GET " + target + " HTTP/1.1\r\n\r\n"))).request();
    }

    private static HttpRequest connection(String version, String header) {
        HttpEvent event = new HttpReader().next(bytes("GET / " + version + "\r\n" + header + "\r\n"));
        return ((HttpEvent.Complete) event).request();
    }

    /** Each request as its method and the length of its body, a refusal as its code. */
    private static List<String> read(String stream, Splitter splitter) {
        HttpReader reader = new HttpReader();
        List<String> read = new ArrayList<>();
        for (byte[] piece : splitter.split(stream.getBytes(StandardCharsets.ISO_8859_1))) {
            ByteBuffer in = ByteBuffer.wrap(piece);
            for (HttpEvent event = reader.next(in); event != null; event = reader.next(in)) {
                if (event instanceof HttpEvent.Complete complete) {
                    int body = complete.request().body().length;
                    read.add(complete.request().method() + (body == 0 ? "" : body));
                } else if (event instanceof HttpEvent.Refused refused) {
                    read.add(Integer.toString(refused.status().code()));
                }
            }
        }
        return read;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
