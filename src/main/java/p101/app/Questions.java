package p101.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Questions to a person at a terminal, one shown at a time, each answered by a line. Whoever asks may take a question back; what is
 * typed to it in that moment must not count for the next one. Safe from any thread.
 */
final class Questions {
    /** Questions that wait at a time. */
    static final int MOST = 32;

    /** Nobody reads a question and answers it sooner. */
    static final long TOO_SOON_NANOS = 1_000_000_000L;

    private final Messages messages;
    private final LongSupplier nowNanos;
    private final Executor decisions;
    private final Deque<Question> waiting = new ArrayDeque<>();

    /** Whether the one that is shown took the place of one that was taken back, and when. */
    private boolean replaced;

    private long replacedNanos;

    private record Question(Object about, String text, Runnable yes, Runnable no) {}

    /**
     * @param decisions runs what an answer leads to
     */
    Questions(Messages messages, LongSupplier nowNanos, Executor decisions) {
        this.messages = messages;
        this.nowNanos = nowNanos;
        this.decisions = decisions;
    }

    /**
     * Shows a question, now or when those before it are answered.
     *
     * @param about what {@link #takeBack} names
     * @return false when too many wait
     */
    synchronized boolean ask(Object about, String text, Runnable yes, Runnable no) {
        if (waiting.size() >= MOST) {
            return false;
        }
        waiting.add(new Question(about, text, yes, no));
        if (waiting.size() == 1) {
            show();
        }
        return true;
    }

    /** Says why a question is asked no longer, and shows the next one if it was the one on show. */
    synchronized void takeBack(Object about, String line) {
        Question shown = waiting.peek();
        waiting.removeIf(question -> question.about() == about);
        messages.note("p101: " + line);
        if (!waiting.isEmpty() && waiting.peek() != shown) {
            replaced = true;
            replacedNanos = nowNanos.getAsLong();
            show();
        }
    }

    /** A line was typed. */
    synchronized void answer(String line) {
        Question question = waiting.peek();
        if (question == null) {
            if (!line.isEmpty()) {
                messages.note("p101: nothing is offered now");
            }
            return;
        }
        if (replaced && nowNanos.getAsLong() - replacedNanos < TOO_SOON_NANOS) {
            messages.note("p101: the question had just changed; please answer this one");
            show();
            return;
        }
        waiting.poll();
        boolean yes = line.equalsIgnoreCase("y") || line.equalsIgnoreCase("yes");
        decisions.execute(yes ? question.yes() : question.no());
        replaced = false;
        if (!waiting.isEmpty()) {
            show();
        }
    }

    private void show() {
        messages.note(waiting.element().text() + ". Take it? [y/N]");
    }
}
