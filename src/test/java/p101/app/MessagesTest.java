package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void progressIsOneLineThatTheNextMessageReplaces() {
        Messages messages = new Messages(err, true, Map.of("NO_COLOR", "1"));
        messages.progress("half");
        messages.progress("most of it");
        messages.progress("all");
        messages.error("gone");
        assertThat(printed()).isEqualTo("\rhalf\rmost of it\rall       \r   \rp101: gone\n");
    }

    @Test
    void elsewhereThereIsNoProgress() {
        Messages pipe = new Messages(err, false, Map.of());
        pipe.progress("half");
        pipe.endProgress();
        Messages dumb = new Messages(err, true, Map.of("TERM", "dumb"));
        dumb.progress("half");
        dumb.error("plain");
        Messages quiet = new Messages(err, true, Map.of("NO_COLOR", "1"));
        quiet.beQuiet();
        quiet.progress("half");
        quiet.note("not said");
        quiet.error("said");
        assertThat(printed()).isEqualTo("p101: plain\np101: said\n");
    }

    @Test
    void aLongLineIsCutToTheTerminal() {
        Messages messages = new Messages(err, true, Map.of("COLUMNS", "30"));
        messages.progress("x".repeat(100));
        assertThat(printed()).isEqualTo("\r" + "x".repeat(28) + "…");
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
