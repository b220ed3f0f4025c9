package p101.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import p101.model.Clock;

class RoomTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final Clock clock = new Clock() {
        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public long unixMillis() {
            return 1_700_000_000_000L;
        }
    };
    private final Room room = new Room(clock, new RoomLimits(16, 8, 2), failures::add);
    private final Ear lobby = new Ear("lobby");
    private final Ear overlay = new Ear("overlay");
    private final Seat lobbySeat = room.join(lobby);
    private final Seat overlaySeat = room.join(overlay);

    private static final class Ear implements Door {
        private final String name;
        private final List<Sentence> heard = new ArrayList<>();

        Ear(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void hear(Sentence sentence) {
            heard.add(sentence);
        }

        List<String> texts() {
            return heard.stream().map(Sentence::text).toList();
        }
    }

    @Test
    void everyOtherDoorHearsOnce() {
        assertThat(lobbySeat.say("ann", "hello")).isEqualTo(Said.HEARD);
        assertThat(overlay.heard).containsExactly(new Sentence(1, clock.unixMillis(), "lobby", "ann", "hello"));
        assertThat(lobby.heard).isEmpty();
    }

    @Test
    void aDoorThatAnswersWhileHearingIsAFailureAndNoLoop() {
        Seat[] parrot = new Seat[1];
        parrot[0] = room.join(new Door() {
            @Override
            public String name() {
                return "parrot";
            }

            @Override
            public void hear(Sentence sentence) {
                parrot[0].say("parrot", sentence.text());
            }
        });
        Ear late = new Ear("late");
        room.join(late);
        lobbySeat.say("ann", "hello");
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(overlay.texts()).containsExactly("hello");
        assertThat(late.texts()).containsExactly("hello");
        assertThat(overlaySeat.say("bob", "still here")).isEqualTo(Said.HEARD);
    }

    @Test
    void whatIsHeardIsOneSafeLine() {
        lobbySeat.say("a\u001b", "x\ny\u202e");
        assertThat(overlay.heard).singleElement().satisfies(sentence -> {
            assertThat(sentence.speaker()).isEqualTo("a\\u{1b}");
            assertThat(sentence.text()).isEqualTo("x\\u{a}y\\u{202e}");
        });
    }

    @Test
    void nothingAndTooMuchIsNotSaid() {
        assertThat(lobbySeat.say("ann", " \n ")).isEqualTo(Said.EMPTY);
        assertThat(lobbySeat.say(" ", "text")).isEqualTo(Said.EMPTY);
        assertThat(lobbySeat.say("ann", "1234567890123456")).isEqualTo(Said.HEARD);
        assertThat(lobbySeat.say("ann", "12345678901234567")).isEqualTo(Said.TOO_LONG);
        assertThat(lobbySeat.say("ann", "ééééééééé")).isEqualTo(Said.TOO_LONG);
        assertThat(lobbySeat.say("123456789", "text")).isEqualTo(Said.TOO_LONG);
        assertThat(overlay.texts()).containsExactly("1234567890123456");
    }

    @Test
    void onlyTheLastSentencesAreKept() {
        lobbySeat.say("ann", "one");
        overlaySeat.say("bob", "two");
        lobbySeat.say("ann", "three");
        assertThat(lobbySeat.recent()).extracting(Sentence::text).containsExactly("two", "three");
        assertThat(room.sentences()).isEqualTo(3);
    }

    @Test
    void whoLeftHearsAndSaysNothing() {
        overlaySeat.leave();
        overlaySeat.leave();
        assertThat(overlaySeat.say("bob", "hello")).isEqualTo(Said.LEFT);
        lobbySeat.say("ann", "hello");
        assertThat(overlay.heard).isEmpty();
    }

    @Test
    void aDoorMayLeaveWhileASentenceIsHandedRound() {
        Ear gone = new Ear("gone");
        Seat[] seat = new Seat[1];
        room.join(new Door() {
            @Override
            public String name() {
                return "closer";
            }

            @Override
            public void hear(Sentence sentence) {
                seat[0].leave();
            }
        });
        seat[0] = room.join(gone);
        lobbySeat.say("ann", "hello");
        assertThat(gone.heard).isEmpty();
        assertThat(failures).isEmpty();
    }
}
