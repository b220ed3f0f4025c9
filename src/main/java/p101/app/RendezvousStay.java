package p101.app;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import p101.model.Shown;
import p101.rendezvous.RendezvousClient;

/** {@code p101 rendezvous register}: registers, and does so again until it is interrupted. */
final class RendezvousStay {
    /** Often enough that a server that was started again knows the peer soon. */
    private static final long AGAIN_SECONDS = 60;

    /** How long leaving waits for a question that is under way. */
    private static final long LEAVE_MILLIS = 500;

    private static final int MAX_PORT = 65_535;

    private final RendezvousClient client;
    private final Arguments arguments;
    private final Console console;
    private final String name;
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** Held while the server is asked, so that nothing registers after leaving. */
    private final ReentrantLock asking = new ReentrantLock();

    private volatile boolean left;

    RendezvousStay(RendezvousClient client, Arguments arguments, Console console, String name) {
        this.client = client;
        this.arguments = arguments;
        this.console = console;
        this.name = name;
    }

    int run() throws CommandFailure, IOException, InterruptedException {
        int port = (int) arguments.number(RendezvousCommand.PORT, 1, MAX_PORT);
        if (name.isEmpty() || name.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw CommandFailure.usage("rendezvous: a name has no blanks and no control characters");
        }
        if (arguments.text(RendezvousCommand.ADDRESS) != null) {
            Addresses.checkHost(RendezvousCommand.ADDRESS, arguments.text(RendezvousCommand.ADDRESS));
        }
        boolean confirmed = register(port);
        announce(confirmed);
        if (arguments.has(RendezvousCommand.ONCE)) {
            return ExitCode.OK;
        }
        console.messages().note("p101: registered as long as this runs; interrupt it (Ctrl-C) to leave");
        console.stop().onStop(this::leave);
        while (!stopped.await(AGAIN_SECONDS, TimeUnit.SECONDS)) {
            again(port);
        }
        return ExitCode.INTERRUPTED;
    }

    private void announce(boolean confirmed) {
        if (arguments.has(CommonOptions.JSON)) {
            console.out()
                    .line(new JsonLine()
                            .add("event", "registered")
                            .add("name", name)
                            .add("confirmed", confirmed)
                            .toString());
        } else {
            console.out()
                    .line("registered as " + Shown.text(name)
                            + (confirmed ? "" : " (the server took it without an answer)"));
        }
        console.out().flush();
    }

    /** Whether the server said that it did. */
    private boolean register(int port) throws CommandFailure, IOException {
        asking.lock();
        try {
            if (left) {
                return true;
            }
            RendezvousClient.Reply reply =
                    client.register(name, arguments.text(RendezvousCommand.ADDRESS), port, host());
            if (reply.code() != 200 && reply.code() != 0) {
                throw RendezvousCommand.refused(reply);
            }
            return reply.code() == 200;
        } finally {
            asking.unlock();
        }
    }

    private String host() {
        String given = arguments.text(RendezvousCommand.HOST);
        String known = given != null ? given : console.environment().getOrDefault("HOSTNAME", "");
        return known.chars().allMatch(c -> c > ' ' && c < 0x7F) ? known : "";
    }

    /** The server may be away for a while: that is told, and tried again. */
    private void again(int port) throws CommandFailure {
        try {
            register(port);
        } catch (IOException away) {
            console.messages()
                    .note("p101: the rendezvous does not answer (" + Shown.text(String.valueOf(away.getMessage()))
                            + "); trying again");
        }
    }

    private void leave() {
        left = true;
        try {
            // A server that does not answer must not keep the process from ending.
            if (asking.tryLock(LEAVE_MILLIS, TimeUnit.MILLISECONDS)) {
                client.leave(name);
            }
        } catch (IOException away) {
            // Then the server forgets the name when its time is over.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }
}
