package p101.room;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import p101.model.Clock;
import p101.model.Shown;

/** The conversation. One thread. */
public final class Room {
    private final Clock clock;
    private final RoomLimits limits;
    private final Consumer<? super Throwable> failures;
    private final List<Seat> seats = new ArrayList<>();
    private final ArrayDeque<Sentence> recent = new ArrayDeque<>();
    private long sentences;
    private boolean handingRound;

    /**
     * @param clock for when a sentence was said
     * @param failures is told what a door threw while it was hearing; the other doors hear all the same
     */
    public Room(Clock clock, RoomLimits limits, Consumer<? super Throwable> failures) {
        this.clock = clock;
        this.limits = limits;
        this.failures = failures;
    }

    /** Opens a door: from now on it hears what is said through the others. */
    public Seat join(Door door) {
        Seat seat = new Seat(this, door);
        seats.add(seat);
        return seat;
    }

    /** The last sentences, oldest first, whatever door they came through. */
    public List<Sentence> recent() {
        return List.copyOf(recent);
    }

    /** How many sentences were said since the room was opened. */
    public long sentences() {
        return sentences;
    }

    void leave(Seat seat) {
        seats.remove(seat);
    }

    Said say(Seat from, String speaker, String text) {
        if (handingRound) {
            throw new IllegalStateException("a door that hears something must not say anything before it returns");
        }
        String name = Shown.text(speaker.strip());
        String line = Shown.text(text.strip());
        if (name.isEmpty() || line.isEmpty()) {
            return Said.EMPTY;
        }
        if (isLonger(name, limits.speakerBytes()) || isLonger(line, limits.textBytes())) {
            return Said.TOO_LONG;
        }
        Sentence sentence =
                new Sentence(++sentences, clock.unixMillis(), from.door().name(), name, line);
        keep(sentence);
        handRound(from, sentence);
        return Said.HEARD;
    }

    private void keep(Sentence sentence) {
        recent.add(sentence);
        if (recent.size() > limits.recentSentences()) {
            recent.remove();
        }
    }

    private void handRound(Seat from, Sentence sentence) {
        handingRound = true;
        try {
            for (Seat seat : List.copyOf(seats)) {
                if (seat != from && !seat.hasLeft()) {
                    hear(seat, sentence);
                }
            }
        } finally {
            // Also when the report of a failure fails: otherwise nobody could say anything ever after.
            handingRound = false;
        }
    }

    private void hear(Seat seat, Sentence sentence) {
        try {
            seat.door().hear(sentence);
        } catch (RuntimeException | StackOverflowError failure) {
            failures.accept(failure);
        }
    }

    private static boolean isLonger(String text, int bytes) {
        return text.length() > bytes || text.getBytes(StandardCharsets.UTF_8).length > bytes;
    }
}
