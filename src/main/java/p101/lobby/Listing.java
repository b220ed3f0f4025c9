package p101.lobby;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import p101.model.FileName;
import p101.registry.Command;
import p101.registry.Outcome;
import p101.registry.Presence;
import p101.registry.Registration;
import p101.registry.Registry;

/**
 * An answer that walks over the registry. The rows are not cut at one moment: what is added or removed meanwhile may be
 * missing or still there.
 */
final class Listing implements Work {
    /** A part is sent as soon as it has so many characters. */
    static final int PART_CHARACTERS = 16_384;

    private static final int PER_STEP = 128;

    /** Questions to the registry for one part; then the part is sent as it is, even empty. */
    private static final int STEPS_PER_PART = 8;

    private static final long DONE = -1;

    private final Registry registry;
    private final Deque<Stage> stages;
    private final String nothing;
    private StringBuilder lines;
    private boolean any;
    private long resume;
    private int stepsLeft;

    /** One walk. */
    interface Stage {
        /** Asks on from where the last answer ended; 0 = begins. */
        Command command(long resume);

        /** Adds lines; returns where to go on, or {@link #DONE}. */
        long take(Outcome outcome, StringBuilder lines);
    }

    /**
     * @param head begins the answer; may be empty
     * @param nothing what is said when there is nothing to list
     */
    Listing(Registry registry, String head, String nothing, List<Stage> stages) {
        this.registry = registry;
        this.lines = new StringBuilder(head);
        this.nothing = nothing;
        this.stages = new ArrayDeque<>(stages);
    }

    /** Everybody who is there and fits, through whatever door. */
    static Stage users(Predicate<Presence> fits, BiConsumer<Presence, StringBuilder> line) {
        return new Stage() {
            @Override
            public Command command(long resume) {
                return new Command.Peers(resume, PER_STEP);
            }

            @Override
            public long take(Outcome outcome, StringBuilder lines) {
                if (!(outcome instanceof Outcome.Present present)) {
                    return DONE;
                }
                long last = DONE;
                for (Presence presence : present.owners()) {
                    last = presence.number();
                    if (fits.test(presence)) {
                        line.accept(presence, lines);
                    }
                }
                return present.more() ? last : DONE;
            }
        };
    }

    /** All rows that fit. */
    static Stage rows(Predicate<Registration> fits, BiConsumer<Registration, StringBuilder> line) {
        return new Rows(fits, line) {
            @Override
            public Command command(long resume) {
                return new Command.Walk(resume, PER_STEP, "");
            }
        };
    }

    /** All rows of one file, the newest first. */
    static Stage holders(FileName file, BiConsumer<Registration, StringBuilder> line) {
        return new Rows(row -> true, line) {
            @Override
            public Command command(long resume) {
                return new Command.Holders(file, resume, PER_STEP);
            }
        };
    }

    private abstract static class Rows implements Stage {
        private final Predicate<Registration> fits;
        private final BiConsumer<Registration, StringBuilder> line;

        Rows(Predicate<Registration> fits, BiConsumer<Registration, StringBuilder> line) {
            this.fits = fits;
            this.line = line;
        }

        @Override
        public long take(Outcome outcome, StringBuilder lines) {
            if (!(outcome instanceof Outcome.Listed listed)) {
                return DONE;
            }
            for (Registration row : listed.rows()) {
                if (fits.test(row)) {
                    line.accept(row, lines);
                }
            }
            return listed.more() ? listed.resumeId() : DONE;
        }
    }

    @Override
    public void next(long nowNanos, Consumer<Part> part) {
        stepsLeft = STEPS_PER_PART;
        ask(nowNanos, part);
    }

    private void ask(long nowNanos, Consumer<Part> part) {
        if (stages.isEmpty()) {
            part.accept(end());
            return;
        }
        stepsLeft--;
        Stage stage = stages.element();
        registry.apply(stage.command(resume), nowNanos, outcome -> {
            int before = lines.length();
            resume = stage.take(outcome, lines);
            any |= lines.length() > before;
            if (resume == DONE) {
                stages.remove();
                resume = 0;
            }
            if (stages.isEmpty() || stepsLeft > 0 && lines.length() < PART_CHARACTERS) {
                ask(nowNanos, part);
            } else {
                part.accept(new Part(take(), false));
            }
        });
    }

    private Part end() {
        if (!any) {
            lines.append(nothing);
        }
        if (any || !nothing.startsWith("ERROR")) {
            lines.append(Wording.END);
        }
        return new Part(take(), true);
    }

    private String take() {
        String text = lines.toString();
        lines = new StringBuilder();
        return text;
    }
}
