package p101.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Sockets, timers and tasks on one thread. A turn ({@link #runOnce}) does, in this order: tasks, select, input and output,
 * timers. {@link #run} repeats it; tests call it.
 *
 * <p>Only {@link #execute}, {@link #close}, {@link #counters}, {@link #inLoop} and {@link #nowNanos} may be called from any
 * thread; everything else belongs to the thread that runs the loop, or, before the first turn, to the one that sets it up.
 * One failure costs one connection: what a handler, task or timer throws is counted and given to the error sink.
 */
public final class EventLoop implements AutoCloseable {
    /** The shared read buffer: the most that one connection is read in one turn. */
    public static final int READ_BUFFER_BYTES = 256 * 1024;

    /** Even with no timer set the loop looks up once a minute. */
    private static final long LONGEST_WAIT_NANOS = 60_000_000_000L;

    /** Rounds in which callbacks that cause callbacks are served before the loop goes on. */
    private static final int SETTLE_ROUNDS = 8;

    private final LongSupplier nanoClock;
    private final Consumer<Throwable> errorSink;
    private final Timers timers = new Timers();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private final FailureReport failureReport = new FailureReport();
    private final Poller poller;
    private final Object lifecycle = new Object();
    final Tally tally = new Tally();

    /** Connections that stand on all its ports. Loop thread. */
    int accepted;

    private volatile Thread loopThread;
    private volatile boolean closed;
    /** Guarded by {@link #lifecycle}: whether a thread is inside a turn or {@link #run}. */
    private boolean active;
    /** Guarded by {@link #lifecycle}. */
    private boolean cleaned;

    private ByteBuffer readBuffer;
    private boolean progressed;

    /**
     * A loop whose failures go to the thread's handler of uncaught exceptions.
     *
     * @param nanoClock monotonic nanoseconds
     * @throws UncheckedIOException when the system gives no selector
     */
    public EventLoop(LongSupplier nanoClock) {
        this(nanoClock, new ToThreadHandler());
    }

    /**
     * @param nanoClock monotonic nanoseconds
     * @param errorSink is given what handlers, tasks and timers throw
     * @throws UncheckedIOException when the system gives no selector
     */
    public EventLoop(LongSupplier nanoClock, Consumer<Throwable> errorSink) {
        this.nanoClock = nanoClock;
        this.errorSink = errorSink;
        try {
            this.poller = new Poller(this);
        } catch (IOException e) {
            throw new UncheckedIOException("the system gives no selector: " + e.getMessage(), e);
        }
    }

    /** Runs turns on the calling thread until {@link #close}. */
    public void run() {
        enter();
        try {
            while (!closed) {
                turn(LONGEST_WAIT_NANOS);
            }
        } finally {
            leave();
        }
    }

    /**
     * One turn: tasks, select, input and output, timers.
     *
     * @param maxWaitNanos how long to wait at most when nothing is ready; 0 = not at all
     * @return how many tasks, sockets and timers had their turn
     */
    public int runOnce(long maxWaitNanos) {
        enter();
        try {
            return closed ? 0 : turn(maxWaitNanos);
        } finally {
            leave();
        }
    }

    private int turn(long maxWaitNanos) {
        tally.count(LoopCounter.TURNS);
        progressed = false;
        int done = runTasks();
        settle();
        int ready = poller.select(waitNanos(maxWaitNanos));
        settle();
        if (ready > 0 && !progressed) {
            tally.count(LoopCounter.FRUITLESS_TURNS);
        }
        int fired = timers.fireDue(nowNanos(), failureReport);
        tally.add(LoopCounter.TIMERS_FIRED, fired);
        settle();
        return done + ready + fired;
    }

    /** Runs a task on the loop's thread in its next turn; any thread. After {@link #close} tasks are forgotten. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (!inLoop()) {
            poller.wakeUp();
        }
    }

    /** Whether the calling thread is the one that runs the loop. */
    public boolean inLoop() {
        return Thread.currentThread() == loopThread;
    }

    /** The loop's clock. */
    public long nowNanos() {
        return nanoClock.getAsLong();
    }

    /** Runs a task after a delay; 0 or less means in this turn's or the next turn's timers. */
    public TimerHandle schedule(long delayNanos, Runnable task) {
        requireLoopThread();
        return timers.schedule(nowNanos() + Math.max(0, delayNanos), task);
    }

    /** {@link #listen(InetSocketAddress, AcceptLimits, SocketSettings, Function)} with default settings. */
    public Acceptor listen(
            InetSocketAddress local, AcceptLimits limits, Function<InetSocketAddress, ConnectionHandler> factory)
            throws IOException {
        return listen(local, limits, SocketSettings.DEFAULT, factory);
    }

    /**
     * Takes connections in.
     *
     * @param local where; port 0 = a free one
     * @param factory makes the handler for a connection from the given address; {@code null} = refuse it
     * @throws IOException when the address is in use or not of this machine
     */
    public Acceptor listen(
            InetSocketAddress local,
            AcceptLimits limits,
            SocketSettings settings,
            Function<InetSocketAddress, ConnectionHandler> factory)
            throws IOException {
        requireLoopThread();
        return Acceptor.open(this, local, limits, settings, factory);
    }

    /** {@link #connect(InetSocketAddress, InetAddress, long, SocketSettings, ConnectionHandler)}, default settings. */
    public Connection connect(
            InetSocketAddress remote, InetAddress bindOrNull, long timeoutNanos, ConnectionHandler handler) {
        return connect(remote, bindOrNull, timeoutNanos, SocketSettings.DEFAULT, handler);
    }

    /**
     * Begins to connect. The outcome is {@code onOpen} or {@code onClosed}, always after this method returned.
     *
     * @param bindOrNull the local address to use
     */
    public Connection connect(
            InetSocketAddress remote,
            InetAddress bindOrNull,
            long timeoutNanos,
            SocketSettings settings,
            ConnectionHandler handler) {
        requireLoopThread();
        return ConnectAttempt.start(this, remote, bindOrNull, timeoutNanos, settings, handler);
    }

    /**
     * Opens a UDP port.
     *
     * @param bindOrNull the local address; {@code null} or port 0 = a free port
     * @param connectOrNull the only address to talk to; {@code null} = any
     * @throws IOException when the address is in use or cannot be used
     */
    public DatagramPort openDatagram(
            InetSocketAddress bindOrNull, InetSocketAddress connectOrNull, DatagramHandler handler) throws IOException {
        requireLoopThread();
        return DatagramPort.open(this, bindOrNull, connectOrNull, handler);
    }

    /** The counters as they are now; any thread. */
    public LoopCounters counters() {
        return tally.snapshot();
    }

    /** Ends {@link #run} and closes every socket; any thread. Handlers are told {@link CloseReason#LOOP_CLOSED}. */
    @Override
    public void close() {
        synchronized (lifecycle) {
            closed = true;
            if (!active) {
                cleanUp();
                return;
            }
        }
        poller.wakeUp();
    }

    // ---- for the other classes of the package ----

    SelectionKey register(SelectableChannel channel, int operations, KeyOwner owner) throws IOException {
        return poller.register(channel, operations, owner);
    }

    /** The shared buffer, cleared; made when the first byte comes. */
    ByteBuffer readBuffer() {
        if (readBuffer == null) {
            readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
        }
        return readBuffer.clear();
    }

    /** Runs something later in this turn, outside of whatever is being called now. */
    void defer(Runnable callback) {
        deferred.add(callback);
    }

    /** Something was read, sent, accepted or connected: this turn was not fruitless. */
    void progress() {
        progressed = true;
    }

    void report(Throwable failure) {
        tally.count(LoopCounter.FAILURES);
        errorSink.accept(failure);
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether a select that found nothing had a reason to return all the same. */
    boolean hasTasks() {
        return closed || !tasks.isEmpty();
    }

    /** For the tests: does what the watchdog does after too many premature selects. */
    void rebuildSelector() {
        poller.rebuild();
    }

    // ---- one turn ----

    private int runTasks() {
        int done = 0;
        // Those that are added meanwhile wait for the next turn, so that tasks cannot keep sockets from their turn.
        for (int left = tasks.size(); left > 0; left--) {
            Runnable task = tasks.poll();
            if (task == null) {
                break;
            }
            runSafely(task);
            done++;
        }
        tally.add(LoopCounter.TASKS, done);
        return done;
    }

    private void settle() {
        for (int round = 0; round < SETTLE_ROUNDS && !deferred.isEmpty(); round++) {
            for (int left = deferred.size(); left > 0; left--) {
                runSafely(deferred.poll());
            }
        }
    }

    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    private long waitNanos(long maxWaitNanos) {
        if (closed || !tasks.isEmpty() || !deferred.isEmpty()) {
            return 0;
        }
        return Math.min(Math.min(maxWaitNanos, LONGEST_WAIT_NANOS), timers.untilNext(nowNanos()));
    }

    private void enter() {
        synchronized (lifecycle) {
            if (active) {
                throw new IllegalStateException("the event loop runs already");
            }
            active = true;
        }
        loopThread = Thread.currentThread();
    }

    private void leave() {
        synchronized (lifecycle) {
            active = false;
            if (closed) {
                cleanUp();
            }
        }
    }

    private void cleanUp() {
        if (!cleaned) {
            cleaned = true;
            poller.closeAll();
            settle();
            poller.close();
            tasks.clear();
        }
    }

    private void requireLoopThread() {
        Thread owner = loopThread;
        if (owner != null && owner != Thread.currentThread()) {
            throw new IllegalStateException("only the event loop's thread may do this; hand it over with execute");
        }
    }

    /** Gives a failure to the handler that any failing thread has. */
    private static final class ToThreadHandler implements Consumer<Throwable> {
        @Override
        public void accept(Throwable failure) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }
    }

    /** What timers report to; a class of its own because a first lambda costs a one-shot command start-up time. */
    private final class FailureReport implements Consumer<Throwable> {
        @Override
        public void accept(Throwable failure) {
            report(failure);
        }
    }
}
