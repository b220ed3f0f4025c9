package p101.app;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import p101.direct.ContentReader;
import p101.direct.DirectReason;
import p101.direct.FileDelivery;
import p101.direct.FileOffer;
import p101.direct.Picture;
import p101.direct.SendEnd;
import p101.direct.SendListener;
import p101.direct.SendPath;
import p101.library.HashedFile;
import p101.library.Manifest;
import p101.library.RememberedHash;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.FileName;
import p101.model.Randomness;
import p101.model.Shown;

/** Sends one file and says how it went. The calling thread is the loop. */
final class FileSending {
    private static final long LONGEST_TURN_NANOS = 1_000_000_000L;

    /** A transfer that broke off is taken up so often by itself. */
    private static final int ATTEMPTS = 3;

    private final Arguments arguments;
    private final Console console;
    private final InetSocketAddress to;
    private final Messages messages;

    FileSending(Arguments arguments, Console console, InetSocketAddress to) {
        this.arguments = arguments;
        this.console = console;
        this.to = to;
        this.messages = console.messages();
    }

    /**
     * @return an exit code
     */
    int send(Path file) throws CommandFailure, IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    Shown.text(file.toString()) + ": there is no such file, or it is no ordinary one");
        }
        FileName name = FindCommand.fileName(file.getFileName().toString());
        long startNanos = System.nanoTime();
        SendEnd end = arguments.has(SendCommand.PUBLISHED) ? sendPicture(file, name) : sendFile(file, name);
        messages.endProgress();
        if (end == null) {
            messages.note("p101: interrupted; the same command goes on where it stopped");
            return ExitCode.INTERRUPTED;
        }
        return tell(name, Files.size(file), end, (System.nanoTime() - startNanos) / 1_000_000);
    }

    private SendEnd sendFile(Path file, FileName name) throws CommandFailure, IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ProgressText hashing = new ProgressText(messages, "hashing " + name.value());
            long size = channel.size();
            HashedFile hashed = RememberedHash.of(
                    file, Addresses.home(arguments).cache(), Clock.SYSTEM, bytes -> hashing.show(bytes, size));
            messages.endProgress();
            ByteBuffer manifest = new Manifest(name, hashed.pieces()).encode();
            long modified = Math.max(0, Files.getLastModifiedTime(file).toMillis());
            FileOffer offer =
                    new FileOffer(PeerOptions.name(arguments), name, hashed.content(), manifest.remaining(), modified);
            SendPath path = SendPath.of(to, Addresses.bind(arguments));
            SendEnd end = null;
            long sentBytes = 0;
            for (int attempt = 1; ; attempt++) {
                SendPath way = path;
                end = once(
                        (loop, listener) -> FileDelivery.start(
                                loop, way, offer, manifest, reader(channel), Randomness.secure(), listener),
                        name);
                if (end == null) {
                    return null;
                }
                sentBytes += end.sentBytes();
                if (attempt == ATTEMPTS || !isWorthAnother(end)) {
                    break;
                }
                if (end.kind() == SendEnd.Kind.NARROW) {
                    messages.note("p101: large datagrams do not reach the receiver; once more with small ones");
                    path = path.safe();
                } else {
                    messages.note("p101: broken off (" + end.reason().text() + "); going on where it stopped");
                }
            }
            return new SendEnd(end.kind(), end.reason(), sentBytes, end.sentDatagrams());
        } catch (NoSuchFileException gone) {
            throw new CommandFailure(ExitCode.NOT_FOUND, Shown.text(file.toString()) + ": it is gone", gone);
        }
    }

    private static boolean isWorthAnother(SendEnd end) {
        return end.kind() == SendEnd.Kind.NARROW
                || end.kind() == SendEnd.Kind.BROKEN
                        && (end.reason() == DirectReason.SILENCE || end.reason() == DirectReason.UNKNOWN);
    }

    private static ContentReader reader(FileChannel channel) {
        return (position, into) -> {
            long at = position;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw new EOFException("the file is shorter than it was");
                }
                at += count;
            }
        };
    }

    private SendEnd sendPicture(Path file, FileName name) throws CommandFailure, IOException {
        Picture picture = PictureFiles.read(file)
                .orElseThrow(() -> CommandFailure.usage("send --published: " + Shown.text(file.toString())
                        + " is not a picture that can be read here (PNG, JPEG, GIF, BMP; at most "
                        + p101.direct.DirectLimits.MAX_PIXELS + " pixels)"));
        SendPath path = SendPath.of(to, Addresses.bind(arguments));
        return once((loop, listener) -> FileDelivery.startPublished(loop, path, name.value(), picture, listener), name);
    }

    private interface Starting {
        FileDelivery start(EventLoop loop, SendListener listener) throws IOException;
    }

    /** One attempt; null when it was interrupted. */
    private SendEnd once(Starting starting, FileName name) throws IOException {
        Progress progress = new Progress(name);
        Interruption interruption = new Interruption();
        try (EventLoop loop = new EventLoop(System::nanoTime)) {
            StopSignal.Handle handle = console.stop().onStop(() -> interruption.request(loop));
            try (FileDelivery delivery = starting.start(loop, progress)) {
                while (progress.end == null && !interruption.requested) {
                    loop.runOnce(LONGEST_TURN_NANOS);
                }
                if (progress.end == null) {
                    delivery.cancel();
                    return null;
                }
            } finally {
                interruption.over.countDown();
                handle.close();
            }
        }
        return progress.end;
    }

    /** The wish to end, which holds the process up until the receiver has been told: else its question would stay. */
    private static final class Interruption {
        private static final long MOST_MILLIS = 1_000;

        private final Thread loopThread = Thread.currentThread();
        private final CountDownLatch over = new CountDownLatch(1);
        private boolean requested;

        void request(EventLoop loop) {
            loop.execute(() -> requested = true);
            if (Thread.currentThread() == loopThread) {
                return;
            }
            try {
                over.await(MOST_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Progress implements SendListener {
        private final FileName name;
        private ProgressText text;
        private SendEnd end;

        Progress(FileName name) {
            this.name = name;
        }

        @Override
        public void onWaiting() {
            messages.note("p101: waiting for the receiver to take it");
        }

        @Override
        public void onBegun() {
            text = new ProgressText(messages, name.value());
        }

        @Override
        public void onProgress(long doneBytes, long totalBytes) {
            if (text != null) {
                text.show(doneBytes, totalBytes);
            }
        }

        @Override
        public void onEnd(SendEnd how) {
            end = how;
        }
    }

    private int tell(FileName name, long size, SendEnd end, long millis) throws CommandFailure {
        if (arguments.has(CommonOptions.JSON)) {
            console.out()
                    .line(new JsonLine()
                            .add("to", arguments.text(SendCommand.TO))
                            .add("address", to.getAddress().getHostAddress())
                            .add("port", to.getPort())
                            .add("kind", "file")
                            .add("name", name.value())
                            .add("size", size)
                            .add("delivered", end.isStored())
                            .add("sent", end.sentBytes())
                            .add("milliseconds", millis)
                            .toString());
        }
        String shown = Shown.text(name.value());
        switch (end.kind()) {
            case STORED, WAS_HERE -> {
                if (!arguments.has(CommonOptions.JSON)) {
                    String how = end.kind() == SendEnd.Kind.WAS_HERE
                            ? ", was there already"
                            : " in " + Texts.seconds(millis * 1_000_000)
                                    + (arguments.has(SendCommand.PUBLISHED) ? "" : ", stored and verified");
                    console.out().line(shown + ": " + Texts.size(size) + how);
                }
                return ExitCode.OK;
            }
            case REFUSED ->
                throw new CommandFailure(
                        ExitCode.REFUSED, shown + ": refused: " + end.reason().text());
            case NO_ANSWER ->
                throw new CommandFailure(
                        ExitCode.NO_SOURCE, "nobody answers at " + Failures.show(to) + "; there p101 receive must run");
            default ->
                throw new CommandFailure(
                        ExitCode.NO_SOURCE,
                        shown + ": " + end.reason().text() + "; the same command goes on where it stopped");
        }
    }
}
