package p101.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.control.ControlException.Problem;

class ControlTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private ControlServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void fieldsAndTextComeBackAsTheyWereSaid() throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", "a\tb\\c\nd\r");
        fields.put("empty", "");
        fields.put("first", "سلام");
        listen(request -> new ControlAnswer(true, request.toString(), fields));
        ControlAnswer answer = ask(new ControlRequest("status", "with \\ and \t and \n"));
        assertThat(answer.ok()).isTrue();
        assertThat(answer.fields()).containsExactlyEntriesOf(fields);
        assertThat(answer.text()).isEqualTo(new ControlRequest("status", "with \\ and \t and \n").toString());
    }

    @Test
    void anExceptionOfTheHandlerIsAFailedAnswerAndTheServerGoesOn() throws Exception {
        listen(request -> {
            if (request.verb().equals("bad")) {
                throw new IllegalStateException("no");
            }
            return ControlAnswer.done("fine");
        });
        assertThat(ask(ControlRequest.of("bad")).ok()).isFalse();
        assertThat(ask(ControlRequest.of("good"))).isEqualTo(ControlAnswer.done("fine"));
    }

    @Test
    void nobodyListensBeforeAndAfter() throws Exception {
        assertProblem(Problem.NOBODY, () -> ask(ControlRequest.of("status")));
        ControlServer.open(socket(), request -> ControlAnswer.done("")).close();
        assertThat(socket()).doesNotExist();
        assertProblem(Problem.NOBODY, () -> ask(ControlRequest.of("status")));
    }

    @Test
    void theSocketOfAKilledProcessIsReplaced() throws Exception {
        Files.createDirectories(socket().getParent());
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(socket()));
        killed.close();
        assertThat(socket()).exists();
        assertProblem(Problem.NOBODY, () -> ask(ControlRequest.of("status")));
        listen(request -> ControlAnswer.done("new"));
        assertThat(ask(ControlRequest.of("status")).text()).isEqualTo("new");
    }

    @Test
    void aSecondProcessIsRefusedAndTheFirstGoesOn() throws Exception {
        listen(request -> ControlAnswer.done("first"));
        assertProblem(Problem.IN_USE, () -> ControlServer.open(socket(), request -> ControlAnswer.done("second")));
        assertThat(ask(ControlRequest.of("status")).text()).isEqualTo("first");
    }

    @Test
    void onlyTheOwnerMayConnect() throws Exception {
        listen(request -> ControlAnswer.done(""));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aPathThatTheSystemCannotTakeIsSaid() {
        Path tooLong = folder.resolve("x".repeat(ControlSocket.MAX_PATH_BYTES)).resolve("s");
        assertProblem(Problem.PATH_TOO_LONG, () -> ControlServer.open(tooLong, request -> ControlAnswer.done("")));
        assertProblem(Problem.PATH_TOO_LONG, () -> ControlClient.ask(tooLong, ControlRequest.of("status"), PATIENCE));
    }

    @Test
    void silentAndEndlessClientsDoNotKeepOthersOut() throws Exception {
        SocketChannel[] silent = new SocketChannel[ControlServer.MAX_CONNECTIONS + 1];
        listen(request -> ControlAnswer.done("here"));
        try {
            for (int i = 0; i < silent.length; i++) {
                silent[i] = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
            }
            writeUntilRefused(silent[silent.length - 1]);
            assertThat(ask(ControlRequest.of("status")).text()).isEqualTo("here");
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
        }
    }

    @Test
    void aServerThatSaysNothingIsLeftInTime() throws Exception {
        Files.createDirectories(socket().getParent());
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(socket()));
            assertProblem(
                    Problem.SILENT,
                    () -> ControlClient.ask(socket(), ControlRequest.of("status"), Duration.ofMillis(50)));
        }
    }

    private static void writeUntilRefused(SocketChannel channel) {
        ByteBuffer endless = ByteBuffer.allocate(ControlWire.MAX_REQUEST_BYTES);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        channel.write(endless.clear());
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private void listen(ControlHandler handler) throws ControlException {
        server = ControlServer.open(socket(), handler);
    }

    private Path socket() {
        return folder.resolve("run").resolve("peer.sock");
    }

    private ControlAnswer ask(ControlRequest request) throws ControlException {
        return ControlClient.ask(socket(), request, PATIENCE);
    }

    private static void assertProblem(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ControlException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(problem));
    }
}
