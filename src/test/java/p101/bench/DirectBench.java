package p101.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A file by {@code p101 send} over UDP to a {@code p101 receive} that runs, against the same file by {@code p101 get} over TCP from a
 * {@code p101 share} that runs; whole processes, start-up, hashing and verification included, in turn; then the same once more
 * when the sender's home has the hashes.
 *
 * <p>Properties: {@code p101.bench.mib} (256), {@code p101.bench.runs} (7).
 */
public final class DirectBench {
    private static final int TIMEOUT_SECONDS = 120;
    private static final String FILE = "random.bin";

    private final int mib = Integer.getInteger("p101.bench.mib", 256);
    private final int runs = Integer.getInteger("p101.bench.runs", 7);
    private final Path folder;
    private final String index;
    private final List<Process> running = new ArrayList<>();

    private DirectBench(Path folder) throws IOException {
        this.folder = folder;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            index = "127.0.0.1:" + free.getLocalPort();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path memory = Path.of("/dev/shm");
        Path parent = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
        Path folder = Files.createTempDirectory(parent, "p101-direct");
        DirectBench bench = new DirectBench(folder);
        try {
            bench.run();
        } finally {
            bench.running.forEach(Process::destroy);
            try (var paths = Files.walk(folder)) {
                for (Path path :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private void run() throws Exception {
        Path file = folder.resolve(FILE);
        writeRandom(file);
        start("listening", "index", "--bind", "127.0.0.1", "--port", index.substring(index.indexOf(':') + 1), "--json");
        start("registered", "share", file.toString(), "--index", index, "--bind", "127.0.0.1", "--json", "--name", "a");
        String listening = start(
                "listening",
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
                folder.resolve("received").toString());
        String port = listening.replaceAll(".*\"port\":(\\d+).*", "$1");
        Figures sends = new Figures();
        Figures again = new Figures();
        Figures gets = new Figures();
        Figures ratio = new Figures();
        for (int run = -2; run < runs; run++) {
            Path home = folder.resolve("home-send-" + run);
            double send = send(file, port, home);
            double get = get();
            double hashed = send(file, port, home);
            if (run >= 0) {
                sends.add(send);
                again.add(hashed);
                gets.add(get);
                ratio.add(send / get);
            }
        }
        System.out.printf("p101 send, UDP, %d MiB: %s%n", mib, sends.show(" s"));
        System.out.printf("p101 send, its hashes known: %s%n", again.show(" s"));
        System.out.printf("p101 get, TCP, the same file: %s%n", gets.show(" s"));
        System.out.printf("ratio UDP / TCP, pair by pair: %s%n", ratio.show(""));
    }

    private double send(Path file, String port, Path home) throws Exception {
        Measured measured = Measured.run(
                folder,
                TIMEOUT_SECONDS,
                List.of(
                        Commands.launcher(),
                        "send",
                        "--to",
                        "127.0.0.1:" + port,
                        "--home",
                        home.toString(),
                        "--file",
                        file.toString()));
        check(folder.resolve("received").resolve(FILE), file);
        return measured.wallSeconds();
    }

    private double get() throws Exception {
        Path target = folder.resolve("got.bin");
        Measured measured = Measured.run(
                folder,
                TIMEOUT_SECONDS,
                List.of(Commands.launcher(), "get", FILE, "--index", index, "-o", target.toString()));
        check(target, folder.resolve(FILE));
        return measured.wallSeconds();
    }

    private static void check(Path came, Path sent) throws IOException {
        if (Files.mismatch(came, sent) != -1) {
            throw new IOException("the files differ: " + came);
        }
        Files.delete(came);
    }

    /** Starts a command and waits for a line with this word. */
    private String start(String word, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Commands.launcher()));
        command.addAll(List.of(words));
        command.addAll(List.of("--home", folder.resolve("home-" + words[0]).toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        running.add(process);
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.contains(word)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException(words[0] + " has ended");
        }
        Thread drain = new Thread(() -> lines.lines().forEach(further -> {}), "drain");
        drain.setDaemon(true);
        drain.start();
        return line;
    }

    private void writeRandom(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] bytes = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mib; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
    }
}
