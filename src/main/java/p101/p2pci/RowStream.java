package p101.p2pci;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import p101.registry.Command;
import p101.registry.Outcome;
import p101.registry.Registration;
import p101.registry.Registry;

/**
 * The answer to LIST or LOOKUP, made in parts so that it costs neither memory nor other people's time, however many rows it
 * has. A short answer is one part. The rows are not cut at one moment: what is added or removed meanwhile may be missing or
 * still there. One thread; one {@link #next} at a time.
 */
final class RowStream {
    /** A part is sent as soon as it has so many characters. */
    static final int PART_CHARACTERS = 16_384;

    /** Rows asked of the registry at once. */
    static final int ROWS_PER_STEP = 64;

    /** Questions to the registry for one part; then the part is sent as it is, even empty. */
    private static final int STEPS_PER_PART = 8;

    private final Registry registry;
    private final RowView view;
    private final Manner manner;
    private final LongFunction<Command> step;
    private Answer answer;
    private long resumeId;
    private int stepsLeft;

    /**
     * A part of the answer.
     *
     * @param last whether nothing follows
     */
    record Part(ByteBuffer bytes, boolean last) {}

    /**
     * @param step the command that goes on from an id, 0 = begins; its outcome is {@link Outcome.Listed}
     */
    RowStream(Registry registry, RowView view, Manner manner, LongFunction<Command> step) {
        this.registry = registry;
        this.view = view;
        this.manner = manner;
        this.step = step;
    }

    /** Makes the next part; it may come at once. Not to be called after the last one. */
    void next(long nowNanos, Consumer<Part> part) {
        stepsLeft = STEPS_PER_PART;
        ask(nowNanos, part);
    }

    private void ask(long nowNanos, Consumer<Part> part) {
        stepsLeft--;
        registry.apply(step.apply(resumeId), nowNanos, outcome -> onOutcome(outcome, nowNanos, part));
    }

    private void onOutcome(Outcome outcome, long nowNanos, Consumer<Part> part) {
        if (!(outcome instanceof Outcome.Listed listed)) {
            part.accept(new Part(end(), true));
            return;
        }
        for (Registration registration : listed.rows()) {
            view.of(registration).ifPresent(this::add);
        }
        resumeId = listed.resumeId();
        if (!listed.more()) {
            part.accept(new Part(end(), true));
        } else if (stepsLeft > 0 && (answer == null || answer.length() < PART_CHARACTERS)) {
            ask(nowNanos, part);
        } else {
            part.accept(new Part(answer == null ? ByteBuffer.allocate(0) : answer.take(), false));
        }
    }

    private void add(Row row) {
        if (answer == null) {
            answer = Answer.begin(Status.OK, manner);
        }
        answer.row(row);
    }

    private ByteBuffer end() {
        return answer == null ? Answer.status(Status.NOT_FOUND, manner) : answer.finish();
    }
}
