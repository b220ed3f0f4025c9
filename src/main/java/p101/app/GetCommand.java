package p101.app;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import p101.model.FileName;
import p101.peer.GetSession;
import p101.peer.PeerException;

/** {@code p101 get}: downloads, verifies, ends. */
final class GetCommand implements Command {
    @Override
    public String name() {
        return "get";
    }

    @Override
    public String summary() {
        return "Download files; each is verified before it gets its name.";
    }

    @Override
    public List<Option> options() {
        return GetOptions.all();
    }

    @Override
    public String help(Option option) {
        return option == CommonOptions.NAME
                ? "the name to share under, at most 16 bytes (default: the user's name and four hex digits) [P101_NAME]"
                : option.help();
    }

    @Override
    public Operands operands() {
        return Operands.some("NAME", "names as ls shows them, or the long names they stand for");
    }

    @Override
    public String notes() {
        return "Several files are got up to " + GetSession.MOST_AT_ONCE + " at a time (one after the other to standard "
                + "output); the results come as the files do, and the exit code is that of the first name that failed. "
                + "Of several contents under one name the newest complete one is taken; --from and --id choose. "
                + "What an interrupted download left is used by the next one. While it runs for longer than a "
                + "moment, the parts that are here are shared. With --json each line has: name, path, size, id, "
                + "root, already_there, resumed (bytes), verified (false when it came from a P2P-CI program), milliseconds, sources (peer, address, port, bytes, received, "
                + "dropped); or name, error, text, sources.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        if (arguments.has(GetOptions.QUIET)) {
            console.messages().beQuiet();
        }
        GetOptions options = new GetOptions(arguments, console);
        List<FileName> files = new ArrayList<>();
        for (String operand : arguments.operands()) {
            files.add(FindCommand.fileName(operand));
        }
        long keepSharingNanos = options.keepSharingNanos();
        if (keepSharingNanos > 0 && arguments.has(GetOptions.NO_SHARING)) {
            throw CommandFailure.usage("get: --no-sharing and --keep-sharing cannot both be; leave one out");
        }
        InetSocketAddress index = Addresses.index(arguments);
        CountDownLatch closed = new CountDownLatch(1);
        P2pciDialect dialect = new P2pciDialect(Addresses.home(arguments).cache(), console.messages()::note);
        try (GetSession session = GetSession.open(options.config(index).withDialect(dialect))) {
            console.stop().onStop(() -> {
                session.cancel();
                awaitQuietly(closed);
            });
            session.onIndexSlow(() -> console.messages().note("p101: " + Failures.slowIndex(index)));
            GetBatch batch = new GetBatch(arguments, options, console, index, files);
            try (StatusSocket status = statusSocket(keepSharingNanos, arguments, session, index, console)) {
                console.stop().onStop(status::close);
                session.run(batch, options.toStandardOutput() ? 1 : GetSession.MOST_AT_ONCE);
                int exitCode = batch.end();
                if (keepSharingNanos > 0 && exitCode == ExitCode.OK) {
                    console.messages().note("p101: sharing what came" + until(keepSharingNanos) + "; Ctrl-C ends it");
                    session.keepSharing(keepSharingNanos);
                }
                return exitCode;
            }
        } catch (PeerException failure) {
            throw Failures.of(failure);
        } finally {
            options.clean();
            closed.countDown();
        }
    }

    /** Whoever goes on sharing is seen by {@code status}; who does not is gone soon, and should not pay for it. */
    private static StatusSocket statusSocket(
            long keepSharingNanos, Arguments arguments, GetSession session, InetSocketAddress index, Console console)
            throws CommandFailure {
        if (keepSharingNanos == 0) {
            return StatusSocket.NONE;
        }
        return StatusSocket.open(
                ControlSockets.forGet(Addresses.home(arguments)),
                new GetControl(session, Failures.show(index)),
                console.messages());
    }

    private static String until(long nanos) {
        return nanos == Long.MAX_VALUE ? "" : " for " + Texts.duration(TimeUnit.NANOSECONDS.toSeconds(nanos));
    }

    /** Closing de-registers within 2 s; the process may end when that is done. */
    private static void awaitQuietly(CountDownLatch closed) {
        try {
            closed.await(ShareCommand.QUIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
