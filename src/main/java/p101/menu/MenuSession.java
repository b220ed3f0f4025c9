package p101.menu;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import p101.peer.Ending;
import p101.peer.Verdict;

/** What an entry works with: the screen, the peer and the transfers. Menu thread, except {@link #tellLater}. */
public final class MenuSession {
    /** After so long a person is told that the index is slow. */
    private static final long SLOW_MILLIS = 2_000;

    /** Notices that wait for the next menu; more than that nobody reads. */
    private static final int MAX_NOTICES = 50;

    private final Screen screen;
    private final MenuPeer peer;
    private final Transfers transfers;
    private final Supplier<String> hashingOrNull;
    private final Deque<String> notices = new ArrayDeque<>();

    /**
     * @param hashingOrNull tells how far hashing is; null when nothing is being hashed
     */
    MenuSession(Screen screen, MenuPeer peer, Supplier<String> hashingOrNull) {
        this.screen = screen;
        this.peer = peer;
        this.hashingOrNull = hashingOrNull;
        this.transfers = new Transfers(screen, peer, this::tellLater, Transfers.FOREGROUND_NANOS);
    }

    public MenuPeer peer() {
        return peer;
    }

    Transfers transfers() {
        return transfers;
    }

    /** Prints a line; other people's words must have passed {@link p101.model.Shown}. */
    public void say(String line) {
        screen.line(line);
    }

    /** Any thread: prints a line at once, above what is being typed. */
    public void sayAbove(String line) {
        try {
            screen.above(line);
        } catch (ScreenClosedException nobodyReads) {
            // The menu's thread learns it at its next line.
        }
    }

    /** Asks for a line; blanks around it are taken away. */
    public String ask(String prompt) throws EndOfInputException {
        String answer = screen.ask(prompt);
        if (answer == null) {
            throw new EndOfInputException();
        }
        return answer.strip();
    }

    /** Asks for the user name under which files are registered from now on. */
    void changeName() throws EndOfInputException {
        peer.changeName(Menu.askName(screen));
    }

    /** Waits for the peer and says so when it takes long. */
    public Ending await(CompletableFuture<Ending> future) throws InterruptedException {
        return await(future, false);
    }

    /** Waits for the peer to hash a file and to register it; what takes long is said. */
    Ending awaitRegistered(CompletableFuture<Ending> future) throws InterruptedException {
        return await(future, true);
    }

    private Ending await(CompletableFuture<Ending> future, boolean hashesFirst) throws InterruptedException {
        boolean told = false;
        boolean hashingTold = false;
        boolean wasHashing = false;
        while (true) {
            try {
                return told ? future.get() : future.get(SLOW_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException slow) {
                String hashing = hashesFirst ? hashingOrNull.get() : null;
                if (hashing != null && !hashingTold) {
                    say("The file is being hashed, " + hashing + " so far; it is registered after that");
                    hashingTold = true;
                } else if (hashing == null && !wasHashing) { // else the index was asked only now
                    say("The Index Server has not answered yet; still trying");
                    told = true;
                }
                wasHashing = hashing != null;
            } catch (ExecutionException failure) {
                return failed(failure);
            }
        }
    }

    private static Ending failed(ExecutionException failure) {
        return Ending.of(Verdict.REFUSED, String.valueOf(failure.getCause().getMessage()));
    }

    /** Says what went wrong when no published phrase fits. */
    public void sayEnding(Ending ending) {
        switch (ending.verdict()) {
            case SILENT -> say("The Index Server does not answer: is it running? Try again later");
            case DONE -> {}
            case MALFORMED -> say("NOTE " + ending.text());
            default -> say(ending.text().isEmpty() ? "Not done: " + ending.verdict() : "Not done: " + ending.text());
        }
    }

    /** Any thread: prints a line above the next menu, so that no prompt is disturbed. */
    void tellLater(String notice) {
        synchronized (notices) {
            if (notices.size() < MAX_NOTICES) {
                notices.add(notice);
            }
        }
    }

    void sayNotices() {
        while (true) {
            String notice;
            synchronized (notices) {
                notice = notices.poll();
            }
            if (notice == null) {
                return;
            }
            say(notice);
        }
    }
}
