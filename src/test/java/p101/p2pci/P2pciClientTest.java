package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our side of a conversation with somebody else's index. */
class P2pciClientTest {
    private static final Holder SELF = new Holder("h", 6010);

    @Test
    void requestsHaveTheFormOfTheGrammar() throws Exception {
        assertThat(conversation(
                        client -> client.add(new Row(new RfcNumber(123), "A Title", SELF)),
                        "P2P-CI/1.0 200 OK\r\n\r\n"))
                .isEqualTo("ADD RFC 123 P2P-CI/1.0\r\nHost: h\r\nPort: 6010\r\nTitle: A Title\r\n\r\n");
        assertThat(conversation(client -> client.lookup(new RfcNumber(7), SELF), "P2P-CI/1.0 404 Not Found\r\n"))
                .isEqualTo("LOOKUP RFC 7 P2P-CI/1.0\r\nHost: h\r\nPort: 6010\r\nTitle: rfc7.txt\r\n\r\n");
        assertThat(conversation(client -> client.list(SELF), "P2P-CI/1.0 404 Not Found\n"))
                .isEqualTo("LIST ALL P2P-CI/1.0\r\nHost: h\r\nPort: 6010\r\n\r\n");
    }

    @Test
    void anIndexThatHangsUpIsNoAnswer() {
        assertThatThrownBy(() -> conversation(client -> client.list(SELF), ""))
                .hasMessageContaining("without an answer");
    }

    @Test
    void rowsAreReadFromBothEndsAndOtherLinesAreKept() {
        P2pciClient.Reply reply =
                P2pciClient.parse("P2P-CI/1.0 200 OK\r\n\r\nRFC 5 A Title of 3 blanks host 5678\r\nsomething\r\n");
        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.rows())
                .containsExactly(new Row(new RfcNumber(5), "A Title of 3 blanks", new Holder("host", 5678)));
        assertThat(reply.lines()).hasSize(3);
        assertThat(P2pciClient.parse("HTTP/1.1 200 OK\n").code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "P2P-CI/1.0 200 OK|, false",
        "P2P-CI/1.0 200 OK||, false",
        "P2P-CI/1.0 200 OK|RFC 1 t h 1|, false",
        "P2P-CI/1.0 200 OK|RFC 1 t h 1||, true",
        "P2P-CI/1.0 200 OK||RFC 1 t h 1||, true",
        "P2P-CI/1.0 404 Not Found|, false",
        "P2P-CI/1.0 404 Not Found||, true",
        "|, false",
    })
    void aBlankLineEndsAnAnswerButNotBehindAStatusThatRowsBelongTo(String text, boolean over) {
        for (String end : new String[] {"\n", "\r\n"}) {
            P2pciClient.Collected collected = new P2pciClient.Collected();
            collected.writeBytes(text.replace("|", end).getBytes(StandardCharsets.UTF_8));
            assertThat(collected.isOver()).as(end).isEqualTo(over);
        }
    }

    private interface Asking {
        P2pciClient.Reply ask(P2pciClient client) throws IOException;
    }

    /** What an index that gives one answer and hangs up was asked. */
    private static String conversation(Asking asking, String answer) throws Exception {
        try (ServerSocket index = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<String> asked = new FutureTask<>(() -> {
                try (Socket program = index.accept()) {
                    String request = readRequest(program.getInputStream());
                    program.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    return request;
                }
            });
            Thread thread = new Thread(asked);
            thread.setDaemon(true);
            thread.start();
            InetSocketAddress server = new InetSocketAddress(index.getInetAddress(), index.getLocalPort());
            try (P2pciClient client = P2pciClient.connect(server, null)) {
                asking.ask(client);
            }
            return result(asked);
        }
    }

    private static String result(FutureTask<String> asked) throws Exception {
        try {
            return asked.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static String readRequest(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            request.append((char) next);
            if (request.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return request.toString();
    }
}
