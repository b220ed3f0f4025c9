package p101.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import p101.content.ContentLimits;
import p101.content.ContentServer;
import p101.loop.EventLoop;

/** A content server in a process of its own, measured from outside; it ends when its standard input does. */
final class ContentProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    final InetSocketAddress address;

    private ContentProcess(Process process, BufferedReader lines, InetSocketAddress address) {
        this.process = process;
        this.lines = lines;
        this.address = address;
    }

    static ContentProcess start(Path file, List<String> jvmFlags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ContentProcess.class.getName()));
        command.add(file.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String port = lines.readLine();
        if (port == null) {
            throw new IOException("the server did not start: " + String.join(File.pathSeparator, command));
        }
        return new ContentProcess(
                process, lines, new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
    }

    double cpuSeconds() {
        return Measured.cpuSeconds(process.pid());
    }

    double peakRssMiB() {
        return Measured.peakRssMiB(process.pid());
    }

    /** Bytes of live objects in the server's heap now. */
    long liveHeapBytes() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return Long.parseLong(lines.readLine());
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server's side: prints its port, then serves the file. */
    public static void main(String[] arguments) throws IOException {
        EventLoop loop = new EventLoop(System::nanoTime);
        ContentLimits limits =
                ContentLimits.DEFAULT.withConnections(100_000, 100_000).withIdleNanos(TimeUnit.HOURS.toNanos(1));
        ContentServer server = new ContentServer(loop, new FileCatalog(Path.of(arguments[0])), limits);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        System.out.println(server.port());
        Thread watcher = new Thread(() -> endWithInput(loop));
        watcher.setDaemon(true);
        watcher.start();
        loop.run();
    }

    /** Each byte of standard input asks for the size of the live heap; its end is the end. */
    private static void endWithInput(EventLoop loop) {
        try {
            while (System.in.read() >= 0) {
                System.gc();
                System.out.println(Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory());
            }
        } catch (IOException broken) {
            // The parent is gone.
        }
        loop.close();
    }
}
