package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareEventsTest {
    @Test
    void theIndexAnswersAgainOnlyAfterItDidBefore() {
        Cli cli = new Cli();
        Console console = cli.console();
        ShareEvents events = new ShareEvents(console, new EventLog(console.messages()), true, "10.0.0.7:60000");
        events.onIndexSlow();
        events.onIndexBack();
        events.onIndexSilent();
        events.onIndexBack();
        assertThat(cli.outLines())
                .containsExactly(
                        "{\"event\":\"index-slow\",\"index\":\"10.0.0.7:60000\"}",
                        "{\"event\":\"index-answers\",\"again\":false}",
                        "{\"event\":\"index-silent\",\"index\":\"10.0.0.7:60000\"}",
                        "{\"event\":\"index-answers\",\"again\":true}");
    }

    @Test
    void anIndexThatStaysAwayIsToldOnce() {
        Cli cli = new Cli();
        Console console = cli.console();
        ShareEvents events = new ShareEvents(console, new EventLog(console.messages()), true, "10.0.0.7:60000");
        for (int tries = 0; tries < 5; tries++) {
            events.onIndexSlow();
            events.onIndexSilent();
        }
        assertThat(cli.outLines()).hasSize(2);
        events.onIndexBack();
        events.onIndexSlow();
        events.onIndexSilent();
        assertThat(cli.outLines()).as("back, and away again").hasSize(5);
    }
}
