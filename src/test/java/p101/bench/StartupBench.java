package p101.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/**
 * Whole processes that do little: {@code p101 ls} against a running index and {@code p101 --version}, each as a ratio to an
 * empty Java program on the same JDK.
 */
public final class StartupBench {
    private static final int RUNS = Integer.getInteger("p101.bench.startupRuns", 30);
    private static final int TIMEOUT_SECONDS = 20;

    private StartupBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("p101-startup");
        int port = freeUdpPort();
        Process index = new ProcessBuilder(
                        Commands.launcher(),
                        "index",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--home",
                        folder.resolve("home").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("index.log").toFile())
                .start();
        try {
            measure(folder, "127.0.0.1:" + port);
        } finally {
            index.destroy();
            if (!index.waitFor(10, TimeUnit.SECONDS)) {
                index.destroyForcibly();
            }
        }
    }

    private static void measure(Path folder, String index) throws IOException, InterruptedException {
        compileEmptyProgram(folder);
        List<String> empty = List.of(Commands.java(), "-Xshare:auto", "-cp", folder.toString(), "Empty");
        Figures base = new Figures();
        Figures list = new Figures();
        Figures version = new Figures();
        for (int run = -3; run < RUNS; run++) {
            double one = Measured.run(folder, TIMEOUT_SECONDS, empty).wallSeconds();
            double ls = Measured.run(folder, TIMEOUT_SECONDS, List.of(Commands.launcher(), "ls", "--index", index))
                    .wallSeconds();
            double v = Measured.run(folder, TIMEOUT_SECONDS, List.of(Commands.launcher(), "--version"))
                    .wallSeconds();
            if (run >= 0) {
                base.add(one * 1000);
                list.add(ls / one);
                version.add(v / one);
            }
        }
        System.out.printf("empty Java program: %s%n", base.show(" ms"));
        System.out.printf("p101 ls / empty program (goal: at most 6): %s%n", list.show(""));
        System.out.printf("p101 --version / empty program (goal: at most 2): %s%n", version.show(""));
    }

    private static void compileEmptyProgram(Path folder) throws IOException {
        Path source = folder.resolve("Empty.java");
        Files.writeString(source, "public class Empty { public static void main(String[] a) {} }");
        int failed =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
        if (failed != 0) {
            throw new IOException("the empty program does not compile");
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
