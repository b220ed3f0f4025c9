package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code find --from PEER} without a name. */
class FindFromPeerTest {
    /** The index looks at a thousand rows for one search, whoever they belong to. */
    private static final int MANY = 1_100;

    @TempDir
    Path folder;

    private final DemoStage stage = new DemoStage(new Output(OutputStream.nullOutputStream()));
    private final Cli cli = new Cli();

    @AfterEach
    void stopAll() {
        stage.close();
    }

    private static JsonObject json(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }

    private String file(String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content).toString();
    }

    private void startIndex() throws Exception {
        DemoStage.Background running =
                stage.start("index", "--bind", "127.0.0.1", "--port", "0", "--json", "--home", home("index"));
        String index = "127.0.0.1:"
                + json(running.await(line -> line.contains("listening")))
                        .get("port")
                        .getAsInt();
        stage.environment("P101_INDEX", index);
        cli.with("P101_INDEX", index);
    }

    private String home(String name) {
        return folder.resolve("home-" + name).toString();
    }

    /** A sharing peer that has registered this last of its files. */
    private void share(String name, String path, String last) throws Exception {
        stage.start("share", path, "--json", "--bind", "127.0.0.1", "--name", name, "--home", home(name))
                .await(line -> line.contains("\"registered\"") && line.contains(last));
    }

    @Test
    void whatOnePeerSharesIsFoundAmongThousandsOfRowsOfOthers() throws Exception {
        startIndex();
        file("few/first.txt", "1");
        share("few", folder.resolve("few").toString(), "first.txt");
        for (int i = 0; i < MANY; i++) {
            file("many/" + i + ".txt", "x" + i);
        }
        stage.start(
                "share",
                folder.resolve("many").toString(),
                "--bind",
                "127.0.0.1",
                "--name",
                "many",
                "--home",
                home("many"));
        long end = System.nanoTime() + 60_000_000_000L;
        while (cli.run("ls") != 0 || cli.outLines().size() <= MANY) {
            assertThat(System.nanoTime()).isLessThan(end);
        }

        assertThat(cli.run("find", "--from", "few")).isZero();
        assertThat(cli.outLines())
                .singleElement()
                .asString()
                .contains(" 127.0.0.1:")
                .endsWith("  first.txt");
        assertThat(cli.run("find", "--from", "few", "--json")).isZero();
        JsonObject row = json(cli.out());
        assertThat(row.get("name").getAsString()).isEqualTo("first.txt");
        assertThat(row.get("address").getAsString()).isEqualTo("127.0.0.1");
        assertThat(row.get("port").getAsInt()).isPositive();
        String id = row.get("id").getAsString();
        assertThat(cli.run("find", "--from", "few", "--id", id)).isZero();
        assertThat(cli.outLines()).singleElement().asString().endsWith("  first.txt");
        assertThat(cli.run("find", "--from", "many", "--id", id)).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("find", "--from", "nobody")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(cli.run("find", "--from", "many", "--json")).isZero();
        assertThat(cli.outLines()).hasSize(MANY);
        assertThat(cli.outLines().stream()
                        .map(line -> -json(line).get("row").getAsLong())
                        .toList())
                .as("the newest first")
                .isSorted();
    }
}
