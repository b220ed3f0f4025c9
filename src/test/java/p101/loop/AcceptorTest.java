package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptorTest {
    private final LoopHarness harness = new LoopHarness();
    private final EventLoop loop = harness.loop;

    @AfterEach
    void close() throws IOException {
        harness.close();
    }

    @Test
    void holdsNoMoreThanItsTotal() throws IOException {
        Acceptor acceptor = listen(new AcceptLimits(2, 2));
        acceptor.setLastWords(ByteBuffer.wrap("full".getBytes()));
        Socket first = harness.client(acceptor);
        harness.client(acceptor);
        Socket third = harness.client(acceptor);
        harness.turnUntil(() -> harness.count(LoopCounter.REFUSED_TOTAL) == 1);

        assertThat(acceptor.openConnections()).isEqualTo(2);
        assertThat(third.getInputStream().readAllBytes()).isEqualTo("full".getBytes());

        first.close();
        harness.turnUntil(() -> acceptor.openConnections() == 1);
        harness.client(acceptor);
        harness.turnUntil(() -> acceptor.openConnections() == 2);
        assertThat(harness.count(LoopCounter.REFUSED_TOTAL)).isEqualTo(1);
    }

    @Test
    void holdsNoMoreThanItsShareForOneAddress() throws IOException {
        Acceptor acceptor = listen(new AcceptLimits(10, 2));
        InetAddress one = InetAddress.getByName("127.0.0.2");
        Socket first = harness.client(acceptor, one);
        harness.client(acceptor, one);
        harness.client(acceptor, one);
        harness.turnUntil(() -> harness.count(LoopCounter.REFUSED_PER_ADDRESS) == 1);
        harness.client(acceptor, InetAddress.getByName("127.0.0.3"));
        harness.turnUntil(() -> acceptor.openConnections() == 3);

        first.close();
        harness.turnUntil(() -> acceptor.openConnections() == 2);
        harness.client(acceptor, one);
        harness.turnUntil(() -> acceptor.openConnections() == 3);
        assertThat(harness.count(LoopCounter.REFUSED_PER_ADDRESS)).isEqualTo(1);
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() throws IOException {
        assertThat(group("2001:db8:1:2::1")).isEqualTo(group("2001:db8:1:2:ffff::9"));
        assertThat(group("2001:db8:1:2::1")).isNotEqualTo(group("2001:db8:1:3::1"));
        assertThat(group("192.0.2.1")).isNotEqualTo(group("192.0.2.2"));
        assertThat(group("255.255.255.255")).isNotEqualTo(group("ffff:ffff::1"));
        assertThat(group("0.0.0.1")).isNotEqualTo(group("::1"));
    }

    @Test
    void aFactoryMayRefuse() throws IOException {
        Acceptor acceptor = loop.listen(LoopHarness.anyPort(), new AcceptLimits(2, 2), remote -> null);
        Socket client = harness.client(acceptor);
        harness.turnUntil(() -> loop.counters().get(LoopCounter.TURNS) > 3);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(acceptor.openConnections()).isZero();
    }

    @Test
    void aFactoryThatThrowsCostsOneConnection() throws IOException {
        boolean[] broken = {true};
        Acceptor acceptor = loop.listen(LoopHarness.anyPort(), new AcceptLimits(2, 2), remote -> {
            if (broken[0]) {
                throw new IllegalStateException("broken");
            }
            return new RecordingHandler();
        });
        Socket client = harness.client(acceptor);
        harness.turnUntil(() -> !harness.failures.isEmpty());
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        broken[0] = false;
        harness.client(acceptor);
        harness.turnUntil(() -> acceptor.openConnections() == 1);
    }

    @Test
    void aClosedPortTakesNoMoreButKeepsWhatItHas() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        Acceptor acceptor = harness.listen(handler);
        Socket client = harness.client(acceptor);
        harness.turnUntil(() -> handler.connection != null);
        acceptor.close();
        client.getOutputStream().write('x');
        harness.turnUntil(() -> handler.received.size() == 1);
        assertThat(handler.closed).isEmpty();
        assertThat(acceptor.openConnections()).isEqualTo(1);
    }

    private Acceptor listen(AcceptLimits limits) throws IOException {
        return loop.listen(LoopHarness.anyPort(), limits, remote -> new RecordingHandler());
    }

    private static long group(String literal) throws IOException {
        return Acceptor.groupOf(InetAddress.getByName(literal));
    }
}
