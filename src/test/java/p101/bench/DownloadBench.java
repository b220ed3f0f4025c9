package p101.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import p101.content.ContentLimits;
import p101.content.ContentServer;
import p101.fetch.Candidate;
import p101.fetch.Destination;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadOutcome;
import p101.fetch.DownloadRequest;
import p101.fetch.Downloader;
import p101.fetch.FindEnd;
import p101.fetch.SourceReport;
import p101.fetch.Wanted;
import p101.library.ExistingFilePolicy;
import p101.library.HashedFile;
import p101.library.Library;
import p101.library.LibraryListener;
import p101.library.LibraryOptions;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * The downloader alone: a cold JVM that fetches a file from one or more content servers, each in a JVM of its own, without
 * index, menu or command line. So what it costs can be told apart from what the rest of a command costs.
 *
 * <p>Arguments: mebibytes (1024), sources (1), runs (5), then flags for the downloader's JVM.
 */
public final class DownloadBench {
    private static final int TIMEOUT_SECONDS = 120;
    private static final String FILE = "random.bin";

    private DownloadBench() {}

    public static void main(String[] arguments) throws Exception {
        String role = arguments.length == 0 ? "" : arguments[0];
        switch (role) {
            case "serve" -> serve(Path.of(arguments[1]), Path.of(arguments[2]));
            case "get" -> get(arguments);
            default -> measure(arguments);
        }
    }

    // ---- the measurement ----

    private static void measure(String[] arguments) throws Exception {
        int mib = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1024;
        int sources = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        List<String> flags = List.of(arguments).subList(Math.min(3, arguments.length), arguments.length);
        Path memory = Path.of("/dev/shm");
        Path folder = Files.createTempDirectory(
                Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir")), "p101-download");
        List<Process> servers = new ArrayList<>();
        try {
            Path file = folder.resolve(FILE);
            Files.createDirectory(folder.resolve("to"));
            writeRandom(file, mib);
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < sources; i++) {
                Process server = new ProcessBuilder(java(
                                List.of(),
                                "serve",
                                file.toString(),
                                folder.resolve("state" + i).toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                servers.add(server);
                rows.add(server.inputReader().readLine());
            }
            for (int run = 0; run < runs; run++) {
                once(folder, rows, flags);
            }
        } finally {
            servers.forEach(Process::destroy);
            delete(folder);
        }
    }

    private static void once(Path folder, List<String> rows, List<String> flags) throws Exception {
        Path target = folder.resolve("to").resolve(FILE);
        List<String> words = new ArrayList<>(List.of("get", target.getParent().toString()));
        words.addAll(rows);
        Measured ours = Measured.run(folder, TIMEOUT_SECONDS, java(flags, words.toArray(String[]::new)));
        System.out.printf(
                Locale.ROOT,
                "%.3f s, peak %.0f MiB  %s%n",
                ours.wallSeconds(),
                ours.peakRssMiB(),
                Files.readString(folder.resolve("command.log")).strip());
        if (Files.mismatch(target, folder.resolve(FILE)) != -1) {
            throw new IOException("the files differ");
        }
        Files.delete(target);
    }

    private static List<String> java(List<String> flags, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DownloadBench.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    private static void writeRandom(Path file, int mib) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] bytes = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mib; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    // ---- the downloader's process ----

    private static void get(String[] arguments) {
        List<Candidate> rows = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] fields = arguments[i].split(" ");
            Endpoint endpoint = new Endpoint(InetAddress.getLoopbackAddress(), Integer.parseInt(fields[0]));
            rows.add(new Candidate(
                    i, 0, endpoint, Long.parseLong(fields[1]), ContentId.parse(fields[2]), PeerName.of("source" + i)));
        }
        EventLoop loop = new EventLoop(System::nanoTime);
        Downloader downloader = new Downloader(loop);
        DownloadRequest request = DownloadRequest.of(
                        Wanted.named(FileName.of(FILE)),
                        new Destination.InFolder(Path.of(arguments[1]), ExistingFilePolicy.KEEP))
                .throughLocalIndex(true)
                .withRows(rows);
        loop.execute(() -> downloader.start(
                request,
                (wanted, found, end) -> loop.execute(() -> end.accept(new FindEnd.NotFound())),
                new End(loop)));
        loop.run();
    }

    private record End(EventLoop loop) implements DownloadListener {
        @Override
        public void onDone(DownloadOutcome outcome) {
            for (SourceReport source : outcome.sources()) {
                System.out.print(source.peer() + " " + (source.verifiedBytes() >> 20) + " MiB ");
            }
            System.out.println("in " + outcome.nanos() / 1_000_000 + " ms");
            loop.close();
        }

        @Override
        public void onFailed(DownloadFailure failure, List<SourceReport> sources) {
            System.out.println(failure);
            loop.close();
            System.exit(1);
        }
    }

    // ---- the server's process ----

    private static void serve(Path file, Path state) throws IOException {
        EventLoop loop = new EventLoop(System::nanoTime);
        Library library = Library.open(LibraryOptions.in(state), Clock.SYSTEM, new LibraryListener() {});
        HashedFile hashed = HashedFile.of(file, bytes -> {});
        library.addHashed(file, hashed);
        ContentServer server = new ContentServer(loop, library, ContentLimits.DEFAULT);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        System.out.println(server.localAddress().getPort() + " "
                + hashed.content().size() + " "
                + hashed.content().id());
        loop.run();
    }
}
