package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import p101.testing.Splitter;
import p101.testing.TranscriptText;

class GetReaderTest {
    static Stream<Path> answers() throws IOException {
        return Files.list(Path.of("testdata", "p2pci", "answers")).sorted();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyLayoutGivesItsContent(Path file) throws Exception {
        List<String> lines = Files.readAllLines(file);
        byte[] answer = TranscriptText.bytes(lines.get(0));
        for (Splitter splitter : Splitter.values()) {
            Read read = read(splitter.split(answer));
            assertThat(read.content).as("%s", splitter).isEqualTo(TranscriptText.bytes(lines.get(1)));
            assertThat(read.note).isEqualTo(lines.size() > 2 ? lines.get(2) : "");
            assertThat(read.code).isEqualTo(200);
        }
    }

    @Test
    void anErrorHasNoContent() throws Exception {
        Read read = read(List.of("P2P-CI/1.0 404 Not Found\r\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(read.code).isEqualTo(404);
        assertThat(read.content).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello\n", "HTTP/1.1 200 OK\r\n\r\n", "P2P-CI/1.0\n", "P2P-CI/1.0 OK\n", "P2P-CI/1.0 200"})
    void whatIsNoAnswerIsRefused(String answer) {
        assertThatThrownBy(() -> read(List.of(answer.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(BadUploadException.class);
    }

    @Test
    void anEndlessHeadIsRefused() {
        byte[] endless = ("P2P-CI/1.0 200 OK\n" + "X: y\n".repeat(GetHead.MAX_BYTES)).getBytes(StandardCharsets.UTF_8);
        for (Splitter splitter : Splitter.values()) {
            assertThatThrownBy(() -> read(splitter.split(endless))).isInstanceOf(BadUploadException.class);
        }
    }

    @Test
    void allThatWasPromisedCanBeSeenBeforeTheClose() throws Exception {
        GetReader reader = new GetReader(part -> {});
        reader.read(bytes("P2P-CI/1.0 200 OK\nContent-Length: 3\nContent-Type: text/plain\n\n"));
        assertThat(reader.isComplete()).isFalse();
        reader.read(bytes("abc"));
        assertThat(reader.isComplete()).isTrue();
    }

    private record Read(byte[] content, String note, int code) {}

    private static Read read(List<byte[]> pieces) throws BadUploadException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        GetReader reader = new GetReader(part -> {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            content.writeBytes(copy);
        });
        for (byte[] piece : pieces) {
            reader.read(ByteBuffer.wrap(piece));
        }
        GetReader.End end = reader.end();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(end.prefix());
        whole.writeBytes(content.toByteArray());
        assertThat(end.size()).isEqualTo(whole.size());
        return new Read(whole.toByteArray(), end.note(), reader.code().orElseThrow());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
