package p101.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A verified download by the launcher, cold JVM and start-up included, against nginx, curl and {@code openssl dgst -sha256}
 * in turn; then from two sources; then one large file, for its memory.
 *
 * <p>Properties: {@code p101.bench.mib} (1024), {@code p101.bench.runs} (7), {@code p101.bench.largeMib} (8192, 0 = leave
 * out), {@code p101.bench.folder} (a folder in memory; {@code /dev/shm} when there is one).
 */
public final class BulkBench {
    private static final int TIMEOUT_SECONDS = 120;
    private static final String FILE = "random.bin";

    private final int mib = Integer.getInteger("p101.bench.mib", 1024);
    private final int runs = Integer.getInteger("p101.bench.runs", 7);
    private final int largeMib = Integer.getInteger("p101.bench.largeMib", 8192);
    private final Path folder;
    private final String index;
    private final List<Process> running = new ArrayList<>();

    private BulkBench(Path folder) throws IOException {
        this.folder = folder;
        int port = freeUdpPort();
        this.index = "127.0.0.1:" + port;
        start("index", "index", "--bind", "127.0.0.1", "--port", Integer.toString(port));
    }

    public static void main(String[] arguments) throws Exception {
        Path memory = Path.of("/dev/shm");
        Path parent = Path.of(System.getProperty(
                "p101.bench.folder",
                Files.isWritable(memory) ? memory.toString() : System.getProperty("java.io.tmpdir")));
        Path folder = Files.createTempDirectory(parent, "p101-bench");
        BulkBench bench = new BulkBench(folder);
        try {
            bench.run();
        } finally {
            bench.stopAll();
            delete(folder);
        }
    }

    private void run() throws Exception {
        Path file = randomFile(folder.resolve("one"), mib);
        Process source = share("one", file);
        awaitSources(1);
        oneSource(file, source);
        Files.createDirectories(folder.resolve("two"));
        Process second = share("two", Files.createLink(folder.resolve("two").resolve(FILE), file));
        awaitSources(2);
        twoSources();
        stop(source);
        stop(second);
        delete(folder.resolve("one"));
        delete(folder.resolve("two"));
        if (largeMib > 0) {
            large();
        }
    }

    private void oneSource(Path file, Process source) throws Exception {
        String missing = Commands.missing("nginx", "curl", "openssl");
        if (missing != null) {
            System.out.println("rival left out: " + missing + " is not installed");
        }
        String url = missing == null ? startNginx(file.getParent()) : null;
        Figures ours = new Figures();
        Figures rival = new Figures();
        Figures ratio = new Figures();
        Figures clientMemory = new Figures();
        Figures serverCpu = new Figures();
        for (int run = -1; run < runs; run++) {
            double cpuBefore = Measured.cpuSeconds(source.pid());
            Measured get = get();
            double cpu = Measured.cpuSeconds(source.pid()) - cpuBefore;
            Measured other = url == null ? null : curl(url);
            if (run < 0) {
                System.out.printf(Locale.ROOT, "first download of the source's life: its CPU %.2f s%n", cpu);
                continue;
            }
            ours.add(get.wallSeconds());
            clientMemory.add(get.peakRssMiB());
            serverCpu.add(cpu);
            if (other != null) {
                rival.add(other.wallSeconds());
                ratio.add(get.wallSeconds() / other.wallSeconds());
            }
        }
        System.out.printf("p101 get, %d MiB, one source: %s%n", mib, ours.show(" s"));
        if (url != null) {
            System.out.printf("nginx + curl + openssl dgst -sha256: %s%n", rival.show(" s"));
            System.out.printf("ratio, pair by pair (goal: at most 0.90): %s%n", ratio.show(""));
        }
        System.out.printf("server CPU for it (goal: at most 0.45 s): %s%n", serverCpu.show(" s"));
        System.out.printf("peak memory of get (goal: at most 80 MiB): %s%n", clientMemory.show(" MiB"));
        System.out.printf(
                Locale.ROOT,
                "peak memory of the source (goal: at most 80 MiB): %.1f MiB%n",
                Measured.peakRssMiB(source.pid()));
    }

    private void twoSources() throws Exception {
        Figures one = new Figures();
        Figures two = new Figures();
        Figures ratio = new Figures();
        String shares = "";
        for (int run = -1; run < runs; run++) {
            Measured fromOne = get("--from", "one");
            Measured fromBoth = get();
            shares = Files.readString(folder.resolve("command.log")).strip();
            if (run >= 0) {
                one.add(fromOne.wallSeconds());
                two.add(fromBoth.wallSeconds());
                ratio.add(fromBoth.wallSeconds() / fromOne.wallSeconds());
            }
        }
        System.out.printf("from one of them: %s%n", one.show(" s"));
        System.out.printf("from two sources: %s%n", two.show(" s"));
        System.out.printf("ratio two / one, pair by pair (goal: at most 1.00): %s%n", ratio.show(""));
        System.out.println("the last run said: " + shares.replace("\n", "\n    "));
    }

    private void large() throws Exception {
        Path file = randomFile(folder.resolve("large"), largeMib);
        Process source = share("large", file);
        awaitSources(1);
        Measured get = Measured.run(
                folder,
                10 * TIMEOUT_SECONDS,
                List.of(
                        "sh",
                        "-c",
                        "exec \"$0\" get " + FILE + " -o - --index " + index + " --home get-home > /dev/null",
                        Commands.launcher()));
        System.out.printf(
                Locale.ROOT,
                "%d MiB to standard output: %.1f s, peak memory of get %.1f MiB, of the source %.1f MiB%n",
                largeMib,
                get.wallSeconds(),
                get.peakRssMiB(),
                Measured.peakRssMiB(source.pid()));
        stop(source);
    }

    private Measured get(String... more) throws IOException, InterruptedException {
        Path out = folder.resolve("out.bin");
        List<String> command = new ArrayList<>(List.of(Commands.launcher(), "get", FILE, "-o", out.toString()));
        command.addAll(
                List.of("--index", index, "--home", folder.resolve("get-home").toString()));
        command.addAll(List.of(more));
        Measured measured = Measured.run(folder, TIMEOUT_SECONDS, command);
        Files.delete(out);
        return measured;
    }

    private Measured curl(String url) throws IOException, InterruptedException {
        Path out = folder.resolve("out.bin");
        Measured measured = Measured.run(
                folder,
                TIMEOUT_SECONDS,
                List.of("sh", "-c", "curl -s -f -o \"$0\" \"$1\" && openssl dgst -sha256 \"$0\"", out.toString(), url));
        Files.delete(out);
        return measured;
    }

    private String startNginx(Path served) throws IOException, InterruptedException {
        int port = freeTcpPort();
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, """
                daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
                %4$s
                events { worker_connections 64; }
                http { access_log off; sendfile on; tcp_nopush on; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi; uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  server { listen 127.0.0.1:%2$d; root %3$s; } }
                """.formatted(
                        folder, port, served, System.getProperty("user.name").equals("root") ? "user root;" : ""));
        running.add(new ProcessBuilder("nginx", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start());
        String url = "http://127.0.0.1:" + port + "/" + FILE;
        await("nginx", List.of("curl", "-s", "-f", "-I", url), "");
        return url;
    }

    private Process share(String name, Path file) throws IOException {
        return start(name, "share", file.toString(), "--index", index, "--name", name, "--port", "0");
    }

    private Process start(String home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Commands.launcher()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", folder.resolve("home-" + home).toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(home + ".log").toFile())
                .start();
        running.add(process);
        return process;
    }

    private void awaitSources(int count) throws IOException, InterruptedException {
        await(
                count + " sources",
                List.of(Commands.launcher(), "find", FILE, "--index", index),
                "(?s)(.*" + FILE + ".*){" + count + "}");
    }

    /** Repeats a command until it succeeds and its output matches, for a minute at most. */
    private void await(String what, List<String> command, String pattern) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (System.nanoTime() - deadlineNanos < 0) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() == 0 && (pattern.isEmpty() || output.matches(pattern))) {
                return;
            }
        }
        throw new IOException("gave up waiting for " + what);
    }

    private static Path randomFile(Path parent, int mib) throws IOException {
        Files.createDirectories(parent);
        Path file = parent.resolve(FILE);
        SplittableRandom random = new SplittableRandom(101);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mib; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file;
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void stopAll() throws InterruptedException {
        for (Process process : running) {
            stop(process);
        }
    }
}
