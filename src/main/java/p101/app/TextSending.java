package p101.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import p101.direct.TextDelivery;
import p101.direct.TextListener;
import p101.loop.EventLoop;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.model.Shown;

/** Sends one text and says how it went. The calling thread is the loop. */
final class TextSending {
    private static final long LONGEST_TURN_NANOS = 1_000_000_000L;
    /** A person who waits at a menu tries again himself. */
    private static final long MENU_NANOS = 6_000_000_000L;

    private static final int PUBLISHED_RECEIVE_BYTES = 1024;

    private final Arguments arguments;
    private final Console console;
    private final InetSocketAddress to;

    TextSending(Arguments arguments, Console console, InetSocketAddress to) {
        this.arguments = arguments;
        this.console = console;
        this.to = to;
    }

    /**
     * @return an exit code
     */
    int send(String text, long patienceNanos) throws CommandFailure {
        long startNanos = System.nanoTime();
        Outcome outcome = new Outcome();
        InetAddress bind = Addresses.bind(arguments);
        boolean[] cancelled = new boolean[1];
        try (EventLoop loop = new EventLoop(System::nanoTime)) {
            StopSignal.Handle handle = console.stop().onStop(() -> loop.execute(() -> cancelled[0] = true));
            TextDelivery delivery = arguments.has(SendCommand.PUBLISHED)
                    ? TextDelivery.startPublished(loop, to, bind, text, patienceNanos, outcome)
                    : TextDelivery.start(
                            loop,
                            to,
                            bind,
                            text,
                            PeerOptions.name(arguments),
                            Randomness.secure(),
                            patienceNanos,
                            outcome);
            while (outcome.exitCode < 0 && !cancelled[0]) {
                loop.runOnce(LONGEST_TURN_NANOS);
            }
            loop.runOnce(0);
            handle.close();
            if (outcome.exitCode < 0) {
                delivery.cancel();
                return ExitCode.INTERRUPTED;
            }
        }
        tell(text, outcome, (System.nanoTime() - startNanos) / 1_000_000);
        return outcome.exitCode;
    }

    /** Sends from the menu for a few seconds; null = delivered, else why not. */
    static String sendFromMenu(InetSocketAddress to, InetAddress bindOrNull, String text, PeerName sender) {
        boolean[] over = new boolean[1];
        String[] why = new String[1];
        try (EventLoop loop = new EventLoop(System::nanoTime)) {
            TextListener listener = new TextListener() {
                @Override
                public void onDelivered(boolean beforeTheEnd) {
                    over[0] = true;
                }

                @Override
                public void onFailed(String reason) {
                    over[0] = true;
                    why[0] = reason;
                }
            };
            TextDelivery.start(loop, to, bindOrNull, text, sender, Randomness.secure(), MENU_NANOS, listener);
            while (!over[0]) {
                loop.runOnce(LONGEST_TURN_NANOS);
            }
            loop.runOnce(0);
        }
        return why[0];
    }

    private void tell(String text, Outcome outcome, long millis) throws CommandFailure {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        boolean delivered = outcome.exitCode == ExitCode.OK;
        if (arguments.has(CommonOptions.JSON)) {
            console.out()
                    .line(new JsonLine()
                            .add("to", arguments.text(SendCommand.TO))
                            .add("address", to.getAddress().getHostAddress())
                            .add("port", to.getPort())
                            .add("kind", "text")
                            .add("size", bytes)
                            .add("delivered", delivered)
                            .add("milliseconds", millis)
                            .toString());
        }
        if (!delivered) {
            throw new CommandFailure(
                    outcome.exitCode,
                    "the text was not delivered to " + Failures.show(to) + ": " + outcome.why
                            + "; there p101 receive must run");
        }
        if (outcome.published && bytes > PUBLISHED_RECEIVE_BYTES) {
            console.messages()
                    .note("p101: the receiver answered before it had the end: a published program shows the first "
                            + PUBLISHED_RECEIVE_BYTES + " bytes at most");
        }
        if (!arguments.has(CommonOptions.JSON)) {
            console.out().line("delivered to " + Shown.text(arguments.text(SendCommand.TO)));
        }
    }

    private final class Outcome implements TextListener {
        private int exitCode = -1;
        private boolean published;
        private boolean noted;
        private String why = "";

        @Override
        public void onRetry(String reason) {
            if (!noted) {
                noted = true;
                console.messages().note("p101: " + Failures.show(to) + ": " + reason + "; still trying");
            }
        }

        @Override
        public void onDelivered(boolean beforeTheEnd) {
            published = beforeTheEnd;
            exitCode = ExitCode.OK;
        }

        @Override
        public void onFailed(String reason) {
            why = reason;
            exitCode = ExitCode.NO_SOURCE;
        }
    }
}
