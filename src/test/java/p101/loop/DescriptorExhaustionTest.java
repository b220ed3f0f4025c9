package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process without free descriptors keeps its connections, does not spin, and takes new ones again when it can. */
@EnabledOnOs(OS.LINUX)
class DescriptorExhaustionTest {
    @Test
    @Timeout(60)
    void survivesRunningOutOfDescriptors() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Without -MaxFDLimit the JVM would raise the limit to the hard one.
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n 100; exec \"$@\"",
                        "bash",
                        java,
                        "-XX:-MaxFDLimit",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        placeOf(EventLoop.class) + File.pathSeparator + placeOf(Child.class),
                        Child.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
            assertThat(output).endsWith("fine\n");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The folder or jar that holds the class; the test runner need not have it in its class path. */
    private static Path placeOf(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /** The process that runs out. */
    static final class Child {
        private static long nowNanos;

        private Child() {}

        public static void main(String[] args) throws Exception {
            EventLoop loop = new EventLoop(() -> nowNanos);
            RecordingHandler first = new RecordingHandler();
            List<RecordingHandler> others = new ArrayList<>();
            Acceptor acceptor = loop.listen(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new AcceptLimits(1_000, 1_000),
                    remote -> {
                        RecordingHandler handler =
                                others.isEmpty() && first.connection == null ? first : new RecordingHandler();
                        others.add(handler);
                        return handler;
                    });
            InetSocketAddress to = acceptor.localAddress();
            Socket healthy = new Socket(to.getAddress(), to.getPort());
            until(loop, () -> first.connection != null);
            // Loading a class may need a descriptor; a process that works has sent, received and closed before.
            Socket passing = new Socket(to.getAddress(), to.getPort());
            passing.close();
            until(loop, () -> others.size() == 2 && others.get(1).isClosed());
            healthy.getOutputStream().write('w');
            until(loop, () -> first.received.size() == 1);
            List<SocketChannel> clients = connectAll(to);
            until(loop, () -> loop.counters().get(LoopCounter.ACCEPT_FAILURES) == 1);
            check(loop.counters().get(LoopCounter.ACCEPT_FAILURES) == 1, "one failure, then the port rests");

            checkResting(loop);
            healthy.getOutputStream().write('x');
            until(loop, () -> first.received.size() == 2);

            nowNanos += Acceptor.REST_NANOS;
            until(loop, () -> loop.counters().get(LoopCounter.ACCEPT_FAILURES) == 2);
            for (SocketChannel client : clients) {
                client.close();
            }
            // Those that are gone already are before it in the queue, and may use the descriptors up once more.
            until(loop, () -> {
                nowNanos += Acceptor.REST_NANOS;
                long seen = loop.counters().get(LoopCounter.ACCEPTED)
                        + loop.counters().get(LoopCounter.REFUSED_TOTAL);
                return seen == 2 + clients.size() && acceptor.openConnections() == 1;
            });
            Socket late = new Socket(to.getAddress(), to.getPort());
            late.getOutputStream().write('y');
            until(loop, () -> others.get(others.size() - 1).received.size() == 1);
            check(first.closed.isEmpty(), "the first connection unharmed");
            System.out.println("fine");
            System.exit(0);
        }

        /** Connections wait in the backlog until no descriptor is left for either side. */
        private static List<SocketChannel> connectAll(InetSocketAddress to) {
            List<SocketChannel> clients = new ArrayList<>();
            try {
                while (clients.size() < 1_000) {
                    clients.add(SocketChannel.open(to));
                }
            } catch (IOException full) {
                return clients;
            }
            throw new IllegalStateException("the limit did not hold");
        }

        /** While the port rests, a turn waits as long as it is told. */
        private static void checkResting(EventLoop loop) {
            long turns = loop.counters().get(LoopCounter.TURNS);
            long began = System.nanoTime();
            while (System.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(300)) {
                loop.runOnce(TimeUnit.MILLISECONDS.toNanos(50));
            }
            check(loop.counters().get(LoopCounter.TURNS) - turns < 20, "the loop spins");
        }

        private static void until(EventLoop loop, BooleanSupplier condition) {
            long began = System.nanoTime();
            while (!condition.getAsBoolean()) {
                check(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(20), "in time; " + loop.counters());
                loop.runOnce(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }

        private static void check(boolean holds, String what) {
            if (!holds) {
                System.out.println("not " + what);
                System.exit(1);
            }
        }
    }
}
