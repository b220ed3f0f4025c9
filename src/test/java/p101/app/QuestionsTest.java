package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> decided = new ArrayList<>();
    private long nowNanos;
    private final Questions questions =
            new Questions(new Messages(err, false, Map.of()), () -> nowNanos, Runnable::run);

    private boolean ask(String about) {
        return questions.ask(about, about, () -> decided.add("yes " + about), () -> decided.add("no " + about));
    }

    private List<String> printed() {
        List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
        err.reset();
        return lines;
    }

    @Test
    void oneIsShownAtATimeAndOnlyYesIsYes() {
        ask("a");
        ask("b");
        ask("c");
        assertThat(printed()).containsExactly("a. Take it? [y/N]");
        questions.answer("YES");
        assertThat(printed()).containsExactly("b. Take it? [y/N]");
        questions.answer("");
        questions.answer("maybe");
        assertThat(decided).containsExactly("yes a", "no b", "no c");
        questions.answer("y");
        assertThat(decided).hasSize(3);
        assertThat(printed()).containsExactly("c. Take it? [y/N]", "p101: nothing is offered now");
    }

    @Test
    void anAnswerInTheMomentOfATakeBackDoesNotCountForTheNext() {
        ask("a");
        ask("b");
        questions.takeBack("a", "a is gone");
        nowNanos += Questions.TOO_SOON_NANOS - 1;
        questions.answer("y");
        assertThat(decided).isEmpty();
        assertThat(printed())
                .containsExactly(
                        "a. Take it? [y/N]",
                        "p101: a is gone",
                        "b. Take it? [y/N]",
                        "p101: the question had just changed; please answer this one",
                        "b. Take it? [y/N]");
        nowNanos += 1;
        questions.answer("y");
        assertThat(decided).containsExactly("yes b");
    }

    @Test
    void theNextQuestionAfterAnAnswerMayBeAnsweredAtOnce() {
        ask("a");
        ask("b");
        ask("c");
        questions.takeBack("a", "a is gone");
        nowNanos += Questions.TOO_SOON_NANOS;
        questions.answer("y");
        questions.answer("y");
        assertThat(decided).containsExactly("yes b", "yes c");
    }

    @Test
    void oneThatWaitsGoesWithoutTouchingTheOneOnShow() {
        ask("a");
        ask("b");
        questions.takeBack("b", "b is gone");
        questions.answer("y");
        questions.answer("");
        assertThat(decided).containsExactly("yes a");
        assertThat(printed()).containsExactly("a. Take it? [y/N]", "p101: b is gone");
    }

    @Test
    void thereIsALimit() {
        for (int i = 0; i < Questions.MOST; i++) {
            assertThat(ask("q" + i)).isTrue();
        }
        assertThat(ask("one more")).isFalse();
        questions.answer("n");
        assertThat(ask("one more")).isTrue();
    }
}
