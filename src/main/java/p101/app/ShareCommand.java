package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import p101.model.Shown;
import p101.peer.Peer;
import p101.peer.PeerConfig;
import p101.peer.PeerException;
import p101.peer.Verdict;

/** {@code p101 share}: serves files and folders until it is told to stop; for services and scripts. */
final class ShareCommand implements Command {
    /** Quitting takes at most 2 s. */
    static final int QUIT_SECONDS = 3;

    @Override
    public String name() {
        return "share";
    }

    @Override
    public String summary() {
        return "Share files and folders, without a menu, until told to stop.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                CommonOptions.INDEX,
                CommonOptions.NAME,
                CommonOptions.PORT,
                CommonOptions.BIND,
                CommonOptions.HOME,
                CommonOptions.JSON);
    }

    @Override
    public Operands operands() {
        return Operands.some("FILE|FOLDER", "what to share; folders with all that is in them");
    }

    @Override
    public String notes() {
        return "New, changed and removed files are noticed. SIGINT (Ctrl-C) or SIGTERM de-registers everything "
                + "and ends within 2 s. Events go to standard error; with --json to standard output, each with: "
                + "event (listening, ready, registered, deregistered, refused, skipped, index-slow, index-silent, "
                + "index-answers, end) and what belongs to it. Without --name the user's name is taken.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        PeerConfig config =
                PeerOptions.sharingConfig(arguments, PeerOptions.name(arguments), Addresses.port(arguments));
        List<Path> paths = new ArrayList<>();
        for (String operand : arguments.operands()) {
            paths.add(shareable(Addresses.path(operand)));
        }
        String index = Failures.show(config.index());
        ShareEvents events =
                new ShareEvents(console, new EventLog(console.messages()), arguments.has(CommonOptions.JSON), index);
        PeerConfig both = config.withDialect(new P2pciDialect(config.home().cache(), console.messages()::note));
        try (Peer peer = Peer.open(both, events);
                StatusSocket status = StatusSocket.open(
                        ControlSockets.peer(config.home()), new PeerControl(peer, index), console.messages())) {
            console.stop().onStop(() -> quit(peer, events));
            console.stop().onStop(status::close);
            events.onListening(peer.name(), peer.port());
            shareAll(peer, paths, events);
            sayIfSilent(peer, config.index(), console.messages());
            console.stop().await();
            return ExitCode.INTERRUPTED;
        } catch (PeerException failure) {
            throw Failures.of(failure);
        }
    }

    /** Looks before anything is started and told; that it can be read is seen when it is. */
    private static Path shareable(Path path) throws CommandFailure {
        try {
            Path real = path.toRealPath();
            if (!Files.isDirectory(real) && !Files.isRegularFile(real)) {
                throw new IOException("only ordinary files and folders can be shared");
            }
            return path;
        } catch (IOException unusable) {
            throw unshareable(path, unusable);
        }
    }

    private static CommandFailure unshareable(Path path, IOException why) {
        String shown = Shown.text(path.toString());
        return why instanceof NoSuchFileException
                ? new CommandFailure(ExitCode.NOT_FOUND, shown + ": there is no such file or folder", why)
                : new CommandFailure(
                        ExitCode.DISK,
                        shown + " cannot be shared: "
                                + (why instanceof AccessDeniedException
                                        ? "you may not read it"
                                        : Shown.text(String.valueOf(why.getMessage()))),
                        why);
    }

    private static void shareAll(Peer peer, List<Path> paths, ShareEvents events) throws CommandFailure {
        List<CompletableFuture<Integer>> counts = new ArrayList<>();
        for (Path path : paths) {
            try {
                counts.add(peer.share(path));
            } catch (IOException unusable) {
                throw unshareable(path, unusable);
            }
        }
        CompletableFuture<?>[] all = counts.toArray(new CompletableFuture<?>[0]);
        CompletableFuture.allOf(all)
                .whenComplete((done, failure) -> events.onReady(counts.stream()
                        .mapToInt(count -> count.isCompletedExceptionally() ? 0 : count.getNow(0))
                        .sum()));
    }

    private static void sayIfSilent(Peer peer, InetSocketAddress index, Messages messages) {
        peer.firstContact().thenAccept(ending -> {
            if (ending.verdict() == Verdict.SILENT) {
                messages.error(Failures.silentIndex(index));
            }
        });
    }

    /** De-registers, within 2 s. */
    private static void quit(Peer peer, ShareEvents events) {
        try {
            events.onEnd(peer.quit().get(QUIT_SECONDS, TimeUnit.SECONDS).isDone());
        } catch (ExecutionException | TimeoutException notConfirmed) {
            events.onEnd(false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
