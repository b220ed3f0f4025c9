package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void everyCheckOfTheDemoHolds() {
        Cli cli = new Cli();
        assertThat(cli.run("demo")).as(cli.out() + cli.err()).isZero();
        assertThat(cli.out()).doesNotContain("BROKEN").contains("All 15 checks hold.");
        assertThat(cli.outLines().stream().filter(line -> line.startsWith("    ok: ")))
                .hasSize(15);
    }
}
