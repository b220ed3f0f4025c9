package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareEventsTest {
    @Test
    void theIndexAnswersAgainOnlyAfterItDidBefore() {
        Cli cli = new Cli();
        Console console = cli.console();
        ShareEvents events = new ShareEvents(console, new EventLog(console.messages()), true);
        events.onIndexSlow();
        events.onIndexBack();
        events.onIndexSilent();
        events.onIndexBack();
        assertThat(cli.outLines())
                .containsExactly(
                        "{\"event\":\"index-slow\"}",
                        "{\"event\":\"index-answers\",\"again\":false}",
                        "{\"event\":\"index-silent\"}",
                        "{\"event\":\"index-answers\",\"again\":true}");
    }
}
