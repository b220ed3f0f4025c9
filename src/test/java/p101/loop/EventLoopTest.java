package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopTest {
    private final LoopHarness harness = new LoopHarness();
    private final EventLoop loop = harness.loop;
    private final List<String> order = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        harness.close();
    }

    @Test
    void aTurnIsTasksThenSocketsThenTimers() throws IOException {
        RecordingHandler handler = new RecordingHandler() {
            @Override
            public void onBytes(ByteBuffer in) {
                super.onBytes(in);
                order.add("bytes");
            }
        };
        Socket client = harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        client.getOutputStream().write('x');
        harness.turnUntil(() -> {
            order.clear();
            // Set up in the wrong order on purpose.
            loop.schedule(0, () -> order.add("timer"));
            loop.execute(() -> order.add("task"));
            loop.runOnce(0);
            return order.contains("bytes");
        });

        assertThat(order).containsExactly("task", "bytes", "timer");
    }

    @Test
    void timersFollowTheGivenClockAlone() {
        loop.schedule(TimeUnit.SECONDS.toNanos(60), () -> order.add("timer"));

        harness.advance(TimeUnit.SECONDS.toNanos(60) - 1);
        assertThat(order).isEmpty();
        harness.advance(1);
        assertThat(order).containsExactly("timer");
    }

    @Test
    void aTaskThatComesBackForEverLeavesSocketsAndTimersTheirTurn() {
        loop.execute(new Runnable() {
            @Override
            public void run() {
                loop.execute(this);
            }
        });
        loop.schedule(0, () -> order.add("timer"));

        harness.turn(3);

        assertThat(order).containsExactly("timer");
        assertThat(harness.count(LoopCounter.TASKS)).isEqualTo(3);
    }

    @Test
    void aTaskFromAnotherThreadWakesTheLoop() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        Thread thread = new Thread(loop::run);
        thread.start();
        loop.execute(ran::countDown);

        assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.inLoop()).isFalse();
        loop.close();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void failuresOfTasksAndTimersAreCountedAndTheLoopGoesOn() {
        loop.execute(() -> {
            throw new IllegalStateException("task");
        });
        loop.schedule(0, () -> {
            throw new StackOverflowError("timer");
        });
        loop.schedule(0, () -> order.add("next timer"));
        loop.execute(() -> order.add("next task"));

        loop.runOnce(0);

        assertThat(order).containsExactly("next task", "next timer");
        assertThat(harness.failures).hasSize(2);
        assertThat(harness.count(LoopCounter.FAILURES)).isEqualTo(2);
    }

    @Test
    void anInterruptOfItsThreadIsClearedAndCounted() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        Socket client = harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        client.getOutputStream().write('x');

        Thread.currentThread().interrupt();
        loop.runOnce(TimeUnit.SECONDS.toNanos(1));

        assertThat(Thread.interrupted()).isFalse();
        assertThat(handler.received.toByteArray())
                .as("reading did not close the channel")
                .containsExactly('x');
        assertThat(handler.isClosed()).isFalse();
        assertThat(harness.count(LoopCounter.INTERRUPTS)).isEqualTo(1);
        assertThat(harness.count(LoopCounter.PREMATURE_SELECTS)).isZero();
    }

    @Test
    void anIdleLoopWithConnectionsDoesNotSpin() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        long before = harness.count(LoopCounter.TURNS);

        long began = System.nanoTime();
        loop.runOnce(TimeUnit.MILLISECONDS.toNanos(200));

        assertThat(harness.count(LoopCounter.TURNS) - before).isEqualTo(1);
        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(190));
        assertThat(harness.count(LoopCounter.PREMATURE_SELECTS)).isZero();
    }

    @Test
    void connectionsSurviveANewSelector() throws IOException {
        RecordingHandler first = new RecordingHandler();
        RecordingHandler second = new RecordingHandler();
        List<RecordingHandler> handlers = new ArrayList<>(List.of(first, second));
        Acceptor acceptor = loop.listen(LoopHarness.anyPort(), new AcceptLimits(10, 10), remote -> handlers.remove(0));
        Socket before = harness.client(acceptor);
        harness.turnUntil(() -> first.connection != null);

        loop.rebuildSelector();

        before.getOutputStream().write('x');
        harness.client(acceptor).getOutputStream().write('y');
        harness.turnUntil(() -> first.received.size() == 1 && second.received.size() == 1);
        first.connection.write(ByteBuffer.wrap(new byte[] {'z'}));
        assertThat(before.getInputStream().read()).isEqualTo('z');
        assertThat(harness.count(LoopCounter.SELECTOR_REBUILDS)).isEqualTo(1);
        harness.expectNoFailures();
    }

    @Test
    void closingTellsEveryHandlerOnce() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        Acceptor acceptor = harness.listen(handler);
        Socket client = harness.client(acceptor);
        harness.turnUntil(() -> handler.connection != null);

        loop.close();
        loop.close();

        assertThat(handler.closed).containsExactly(CloseReason.LOOP_CLOSED);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(loop.runOnce(0)).isZero();
        assertThatThrownBy(() -> harness.client(acceptor)).isInstanceOf(IOException.class);
    }

    @Test
    void aHandlerMayCloseTheLoop() throws IOException {
        RecordingHandler handler = new RecordingHandler() {
            @Override
            public void onOpen(Connection opened) {
                super.onOpen(opened);
                loop.close();
            }
        };
        harness.client(harness.listen(handler));
        harness.turnUntil(handler::isClosed);

        assertThat(handler.closed).containsExactly(CloseReason.LOOP_CLOSED);
        harness.expectNoFailures();
    }

    @Test
    void refusesToBeTouchedByAnotherThread() throws InterruptedException {
        loop.runOnce(0);
        List<Throwable> thrown = new ArrayList<>();
        Thread stranger = new Thread(() -> {
            try {
                loop.schedule(0, () -> {});
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });
        stranger.start();
        stranger.join(20_000);
        assertThat(thrown).hasSize(1);
    }
}
