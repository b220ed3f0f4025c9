package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeCommandTest {
    /** D: kind content, from 0 to the end, any root, file "a". */
    private static final String DOWNLOAD = "44" + "00".repeat(50) + "61" + "00".repeat(49);

    private final Cli cli = new Cli();

    @TempDir
    Path folder;

    @Test
    void explainsFieldByField() {
        assertThat(cli.run("decode", DOWNLOAD)).isZero();
        assertThat(cli.outLines().get(0)).startsWith("D  download, tcp, 101 bytes");
        assertThat(cli.out()).contains("51:50").contains("file");
    }

    @Test
    void takesFilesOfBytesAndOfDigitsAndStandardInput() throws IOException {
        Path bytes = Files.write(folder.resolve("bytes"), HexFormat.of().parseHex(DOWNLOAD + DOWNLOAD));
        assertThat(cli.run("decode", bytes.toString())).isZero();
        assertThat(cli.outLines().stream().filter(line -> line.startsWith("D  ")))
                .hasSize(2);
        String expected = cli.out();
        Path digits = Files.writeString(folder.resolve("digits"), "# two\n" + DOWNLOAD + "\n" + DOWNLOAD);
        assertThat(cli.run("decode", digits.toString())).isZero();
        assertThat(cli.out()).isEqualTo(expected);
        assertThat(cli.typing(DOWNLOAD + DOWNLOAD).run("decode", "-")).isZero();
        assertThat(cli.out()).isEqualTo(expected);
    }

    @Test
    void explainsTheGoldenVectorsAsTheyAreWritten() throws IOException {
        try (var vectors = Files.list(Path.of("testdata/pdu/valid"))) {
            for (Path vector : vectors.toList()) {
                assertThat(cli.run("decode", vector.toString()))
                        .as("%s", vector)
                        .isZero();
            }
        }
    }

    @Test
    void aByteMayBeRepeated() {
        assertThat(cli.run("decode", "44 00*50 61", "00*49")).isZero();
        assertThat(cli.outLines().get(0)).startsWith("D  download, tcp, 101 bytes");
        for (String wrong : new String[] {"*5", "44*", "44*0", "4*4", "44**2", "44*2x", "44 *2", "44*99999999999"}) {
            assertThat(cli.run("decode", wrong)).as(wrong).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void whatIsNoPduIsExplainedAsFarAsItGoesAndFails() {
        assertThat(cli.run("decode", DOWNLOAD + "52")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("wrong: ");
        assertThat(cli.run("decode", "--channel", "to-index", DOWNLOAD)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("wrong: ");
    }

    @Test
    void aTypeOfAnotherChannelIsToldWithIt() {
        assertThat(cli.run("decode", "44")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out())
                .contains("no PDU on this channel begins with this byte; it is that of download on channel tcp");
        assertThat(cli.run("decode", "--channel", "tcp", "53")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("it is that of search on channel to-index, found on channel from-index");
        assertThat(cli.run("decode", "58")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("begins with this byte").doesNotContain("it is that of");
    }

    @Test
    void aFileThatIsNotThereIsNotFound() {
        assertThat(cli.run("decode", "/no-such-file")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err()).isEqualTo("p101: /no-such-file: there is no such file\n");
    }

    @Test
    void jsonHasTheFields() {
        assertThat(cli.run("decode", "--json", DOWNLOAD)).isZero();
        JsonObject json = JsonParser.parseString(cli.out()).getAsJsonObject();
        assertThat(json.get("type").getAsString()).isEqualTo("DOWNLOAD");
        assertThat(json.get("valid").getAsBoolean()).isTrue();
        assertThat(json.get("problem").isJsonNull()).isTrue();
        int bytes = 0;
        for (var field : json.getAsJsonArray("fields")) {
            bytes += field.getAsJsonObject().get("length").getAsInt();
        }
        assertThat(bytes).isEqualTo(101);
    }
}
