package p101.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A server in a JVM of its own: the main class of a benchmark, called with a role, that prints the port it listens on. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param heap as for {@code -Xmx}
     * @throws IOException when it ends without having printed a port
     */
    static ServerProcess start(Class<?> main, String heap, String role) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Commands.java(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        role))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new ServerProcess(process, readPort(process));
        } catch (IOException | RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    private static int readPort(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("a server did not start");
        }
        return Integer.parseInt(line);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Returns when it is gone, so that it takes no time from what is measured next. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
