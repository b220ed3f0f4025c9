package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.library.Geometry;
import p101.library.HashedFile;
import p101.library.Library;
import p101.library.Manifest;
import p101.library.PartialFile;
import p101.model.FileName;

/** {@code send} and {@code receive} as processes that are killed with -9, and the menu of a peer that takes a file. */
class DirectProcessTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final int SIZE = 60_000_000;

    /** Where the way is cut: more than the receiver lets wait for its disk and in its socket. */
    private static final int CUT_BYTES = 40_000_000;

    private static final int WAITING_BYTES = 22_000_000;
    private static final String FILE = "big.bin";

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Process start(String index, String... words) throws IOException {
        List<String> line = new ArrayList<>(ProcessTest.java());
        line.addAll(List.of(words));
        line.addAll(List.of("--home", folder.resolve("home-" + words[0]).toString()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectError(folder.resolve(words[0] + ".err").toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("P101_INDEX", index);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Process startReceiver() throws IOException {
        return start(
                "127.0.0.1:1",
                "receive",
                "--json",
                "--no-index",
                "--bind",
                "127.0.0.1",
                "--port",
                "0",
                "--accept",
                "all",
                "--dir",
                received().toString());
    }

    private Process startSender(DatagramRelay relay, Path file) throws IOException {
        return start("127.0.0.1:1", "send", "--json", "--to", "127.0.0.1:" + relay.port(), "--file", file.toString());
    }

    private Path received() {
        return folder.resolve("received");
    }

    private static int portOf(Process receiver) throws IOException {
        return line(receiver.inputReader(), "listening").get("port").getAsInt();
    }

    private static JsonObject line(BufferedReader out, String word) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(word)) {
                return JsonParser.parseString(line).getAsJsonObject();
            }
        }
        throw new IOException("it ended without a line with " + word);
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Path file(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    /** Bytes of verified pieces that a killed receiver left. */
    private long heldBytes(Path file) throws IOException {
        HashedFile hashed = HashedFile.of(file, bytes -> {});
        FileName name = FileName.of(FILE);
        PartialFile.Target target = new PartialFile.Target(
                received().resolve(FILE),
                Library.labelOf(name),
                hashed.content(),
                new Manifest(name, hashed.pieces()),
                Files.getLastModifiedTime(file).toMillis());
        try (PartialFile partial = PartialFile.open(target, bytes -> {})) {
            return partial.pieces().count() * new Geometry(SIZE).pieceBytes();
        }
    }

    private void requireWhole(Process sender, Path file) throws Exception {
        assertThat(line(sender.inputReader(), "delivered").get("delivered").getAsBoolean())
                .isTrue();
        assertThat(exitCode(sender)).isZero();
        assertThat(Files.mismatch(received().resolve(FILE), file)).isEqualTo(-1);
        try (Stream<Path> all = Files.list(received())) {
            assertThat(all).as("nothing else is left").hasSize(1);
        }
    }

    /** What may be sent for so much that is missing: heads, and what a busy machine drops. */
    private static long mostFor(long missingBytes) {
        return missingBytes * 13 / 10 + 1_000_000;
    }

    @Test
    void aKilledReceiverThatIsStartedAgainGetsTheRestByItself() throws Exception {
        Path file = file(FILE, SIZE);
        Process killed = startReceiver();
        try (DatagramRelay relay = new DatagramRelay(portOf(killed))) {
            relay.stopAfter(CUT_BYTES, killed::destroyForcibly);
            Process sender = startSender(relay, file);
            exitCode(killed);
            assertThat(received().resolve(FILE)).doesNotExist();
            long held = heldBytes(file);
            assertThat(held).isBetween((long) CUT_BYTES - WAITING_BYTES, (long) CUT_BYTES);
            long before = relay.carriedBytes();
            relay.resume(portOf(startReceiver()));
            requireWhole(sender, file);
            assertThat(relay.carriedBytes() - before).isLessThan(mostFor(SIZE - held));
        }
    }

    @Test
    void aKilledSenderThatIsStartedAgainSendsOnlyTheRest() throws Exception {
        Path file = file(FILE, SIZE);
        int port = portOf(startReceiver());
        try (DatagramRelay relay = new DatagramRelay(port)) {
            Process[] first = new Process[1];
            synchronized (relay) {
                relay.stopAfter(CUT_BYTES, () -> first[0].destroyForcibly());
                first[0] = startSender(relay, file);
            }
            assertThat(exitCode(first[0])).isEqualTo(128 + 9);
            assertThat(received().resolve(FILE)).doesNotExist();
            long before = relay.carriedBytes();
            relay.resume(port);
            requireWhole(startSender(relay, file), file);
            assertThat(relay.carriedBytes() - before).isLessThan(mostFor(SIZE - CUT_BYTES));
        }
    }

    /** SIGTERM and Ctrl-C go the same way: the question goes with the sender, and a late answer meets no other offer. */
    @Test
    void aSenderThatIsStoppedWithdrawsItsOffer() throws Exception {
        Path file = file("secret.bin", 1_000);
        Cli bob = new Cli().onTerminal();
        try (PipedInputStream keyboard = new PipedInputStream();
                PipedOutputStream fingers = new PipedOutputStream(keyboard)) {
            Console console = new Console(
                    keyboard, bob.console().out(), bob.console().messages(), bob.environment, bob.stop, true);
            Thread receiver = new Thread(() -> new Program(console)
                    .run(
                            "receive",
                            "--no-index",
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            "0",
                            "--dir",
                            received().toString()));
            receiver.start();
            String to = "127.0.0.1:" + awaitText(bob, "at port ([0-9]+),");
            Process sender = start("127.0.0.1:1", "send", "--to", to, "--name", "alice", "--file", file.toString());
            awaitText(bob, "(alice .* offers secret.bin, .*Take it)");
            sender.destroy();
            assertThat(exitCode(sender)).isEqualTo(143);
            long gone = System.nanoTime();
            awaitText(bob, "(alice .* withdrew secret.bin)");
            assertThat(System.nanoTime() - gone).isLessThan(TimeUnit.SECONDS.toNanos(5));
            fingers.write("y\n".getBytes(StandardCharsets.US_ASCII));
            fingers.flush();
            awaitText(bob, "(nothing is offered now)");
            Path next = file("next.bin", 2_000);
            Process second = start("127.0.0.1:1", "send", "--to", to, "--name", "carol", "--file", next.toString());
            awaitText(bob, "(carol .* offers next.bin, .*Take it)");
            fingers.write("y\n".getBytes(StandardCharsets.US_ASCII));
            fingers.flush();
            assertThat(exitCode(second)).isZero();
            assertThat(received().resolve("next.bin")).exists();
            assertThat(received().resolve("secret.bin")).doesNotExist();
            bob.stop.fire();
            receiver.join(20_000);
            assertThat(receiver.isAlive()).isFalse();
        }
    }

    private static String awaitText(Cli receiver, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() - end < 0) {
            Matcher matcher = wanted.matcher(receiver.err());
            if (matcher.find()) {
                return matcher.group(1);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(pattern + " never came: " + receiver.err());
    }

    // ---- the menu ----

    /** What a process has printed, as it comes. */
    private static final class Screen {
        private final StringBuilder text = new StringBuilder();
        private boolean ended;

        Screen(Process process) {
            Thread reader = new Thread(() -> read(process.getInputStream()), "screen");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream in) {
            try (BufferedReader lines = new BufferedReader(new java.io.InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (int next = lines.read(); next >= 0; next = lines.read()) {
                    add((char) next);
                }
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            } finally {
                end();
            }
        }

        private synchronized void add(char next) {
            text.append(next);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized int length() {
            return text.length();
        }

        /** What came from a place on, once one of these words is in it. */
        synchronized String await(int from, String... words) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                String since = text.substring(from);
                if (Stream.of(words).anyMatch(since::contains)) {
                    return since;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(!ended && left > 0)
                        .as("waiting for %s in: %s", List.of(words), text)
                        .isTrue();
                wait(left);
            }
        }
    }

    /** Presses V until there is this to see. */
    private static String view(Process peer, Screen screen, String wanted) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String seen = "";
        while (!seen.contains(wanted)) {
            assertThat(System.nanoTime() - end).as("%s in time", wanted).isNegative();
            int from = screen.length();
            type(peer, "V");
            seen = screen.await(from, wanted, "[Q] Quit the program");
        }
        return seen;
    }

    private static void type(Process peer, String line) throws IOException {
        peer.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        peer.getOutputStream().flush();
    }

    @Test
    void aFileIsTakenAndAnotherDeclinedAtTheMenu() throws Exception {
        Process indexProcess = start("", "index", "--bind", "127.0.0.1", "--port", "0", "--json");
        String index = "127.0.0.1:" + portOf(indexProcess);
        Process peer = start(
                index,
                "peer",
                "--name",
                "dora",
                "--bind",
                "127.0.0.1",
                "--port",
                "0",
                "--dir",
                received().toString());
        Screen screen = new Screen(peer);
        view(peer, screen, "Receiving as dora at port ");
        Cli cli = new Cli().with("P101_INDEX", index);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (cli.run("find", "p101-receive", "--from", "dora") != 0) {
            assertThat(System.nanoTime() - end).as("registered in time").isNegative();
        }

        Path file = file(FILE, 3_000_000);
        Process sender = start(index, "send", "--json", "--to", "dora", "--name", "alice", "--file", file.toString());
        String question = view(peer, screen, "Take it? (y/n)");
        assertThat(question).contains("alice (127.0.0.1) offers big.bin, 2.9 MiB");
        assertThat(received().resolve(FILE)).doesNotExist();
        type(peer, "y");
        requireWhole(sender, file);
        view(peer, screen, "received big.bin");

        Path other = file("other.bin", 1_000);
        Process declined = start(index, "send", "--to", "dora", "--file", other.toString());
        view(peer, screen, "Take it? (y/n)");
        type(peer, "n");
        assertThat(exitCode(declined)).isEqualTo(ExitCode.REFUSED);
        assertThat(received().resolve("other.bin")).doesNotExist();

        assertThat(cli.run("send", "--to", "dora", "--name", "alice", "see you"))
                .isZero();
        view(peer, screen, "alice: see you");
        type(peer, "Q");
        assertThat(exitCode(peer)).isZero();
        assertThat(cli.run("find", "p101-receive", "--from", "dora")).isEqualTo(ExitCode.NOT_FOUND);
    }
}
