package p101.lobby;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import p101.model.Clock;
import p101.model.Shown;

/**
 * The log of a lobby: one line for each event whatever its text holds, written by a thread of its own. What comes faster than
 * the disk takes it is dropped, counted, and told in the log itself. {@link #note} from any thread; it never waits for a disk.
 * spec/LOBBY.md, section 10.
 */
public final class LobbyLog implements Journal, AutoCloseable {
    /** Most characters of lines that wait to be written. */
    static final int MAX_WAITING_CHARACTERS = 1 << 20;

    private static final long CLOSE_MILLIS = 1_000;

    private final Clock clock;
    private final RotatingFile file;
    private final Consumer<String> trouble;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Guarded by {@link #lock}. */
    private final Deque<String> waiting = new ArrayDeque<>();

    private int waitingCharacters;
    private long dropped;
    private long droppedInAll;
    private boolean closed;
    private final Thread writer;

    private LobbyLog(Clock clock, RotatingFile file, Consumer<String> trouble) {
        this.clock = clock;
        this.file = file;
        this.trouble = trouble;
        this.writer = new Thread(this::write, "p101-lobby-log");
        writer.setDaemon(true);
    }

    /**
     * Begins to write.
     *
     * @param path the newest file; older ones have {@code .1}, {@code .2} behind it
     * @param trouble told in one sentence when the disk does not take it, once until it does again
     */
    public static LobbyLog open(Path path, Clock clock, Consumer<String> trouble) {
        LobbyLog log = new LobbyLog(clock, new RotatingFile(path), trouble);
        log.writer.start();
        return log;
    }

    @Override
    public void note(String event, String text) {
        String line = Instant.ofEpochMilli(clock.unixMillis()) + " " + event + " " + Shown.text(text) + "\n";
        lock.lock();
        try {
            if (closed || waitingCharacters + line.length() > MAX_WAITING_CHARACTERS) {
                dropped++;
                droppedInAll++;
                return;
            }
            waiting.add(line);
            waitingCharacters += line.length();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Events that were not written. */
    public long dropped() {
        lock.lock();
        try {
            return droppedInAll;
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        boolean troubled = false;
        for (String lines = next(); lines != null; lines = next()) {
            String problem = file.append(lines);
            if (problem != null && !troubled) {
                trouble.accept("the log of the lobby cannot be written (" + Shown.text(problem) + "): look at "
                        + Shown.text(file.path().toString()));
            }
            if (problem != null) {
                countDropped(lines);
            }
            troubled = problem != null;
        }
        file.close();
    }

    private void countDropped(String lines) {
        long count = lines.chars().filter(c -> c == '\n').count();
        lock.lock();
        dropped += count;
        droppedInAll += count;
        lock.unlock();
    }

    /** Waits for lines; {@code null} after the last ones. */
    private String next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            if (waiting.isEmpty()) {
                return null;
            }
            StringBuilder lines = new StringBuilder(waitingCharacters + 64);
            if (dropped > 0) {
                lines.append(Instant.ofEpochMilli(clock.unixMillis()))
                        .append(" LOST ")
                        .append(dropped)
                        .append(" events\n");
                dropped = 0;
            }
            waiting.forEach(lines::append);
            waiting.clear();
            waitingCharacters = 0;
            return lines.toString();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, for at most a second, and ends. */
    @Override
    public void close() {
        lock.lock();
        closed = true;
        changed.signal();
        lock.unlock();
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
