package p101.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import p101.control.ControlAnswer;
import p101.control.ControlRequest;
import p101.model.Shown;
import p101.peer.HomeFolders;

/** {@code p101 status}: how the processes of this home are doing that share, or are an index. */
final class StatusCommand implements Command {
    private static final int NAME_COLUMNS = 24;

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "Ask what runs in this home how it is doing: peer, index, get.";
    }

    @Override
    public List<Option> options() {
        return List.of(CommonOptions.HOME, CommonOptions.JSON);
    }

    @Override
    public String notes() {
        return "Of get only those are asked that go on sharing (--keep-sharing). With --json one line for each process, with the same names; all values are strings. When nothing "
                + "runs in this home, the exit code is 4.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure {
        HomeFolders home = Addresses.home(arguments);
        Asking asking = new Asking(arguments.has(CommonOptions.JSON), console);
        asking.ask(ControlSockets.peer(home), "peer");
        ControlSockets.gets(home).forEach(get -> asking.ask(get, "get"));
        asking.ask(ControlSockets.index(home), "index");
        asking.rethrow();
        if (!asking.anyAnswered) {
            throw new CommandFailure(
                    ExitCode.INDEX_SILENT,
                    "nothing runs with the home " + Shown.text(home.state().toString())
                            + ": start it with p101 share, peer or index, or name its --home");
        }
        return ExitCode.OK;
    }

    /** Asks one process after the other; one that fails must not hide those that come after it. */
    private static final class Asking {
        private final boolean json;
        private final Console console;
        private boolean anyAnswered;
        private CommandFailure firstFailure;

        Asking(boolean json, Console console) {
            this.json = json;
            this.console = console;
        }

        void ask(Path socket, String process) {
            try {
                ControlAnswer answer = ControlQuestions.ask(socket, ControlRequest.of(ControlQuestions.STATUS));
                if (answer != null) {
                    show(answer, process);
                }
            } catch (CommandFailure failure) {
                firstFailure = firstFailure == null ? failure : firstFailure;
            }
        }

        private void show(ControlAnswer answer, String process) throws CommandFailure {
            if (!answer.ok()) {
                throw new CommandFailure(ExitCode.FAILED, "the " + process + " says: " + Shown.text(answer.text()));
            }
            anyAnswered = true;
            if (json) {
                JsonLine line = new JsonLine().add("process", process);
                answer.fields().forEach(line::add);
                console.out().line(line.toString());
                return;
            }
            console.out().line(Texts.left("process", NAME_COLUMNS) + process);
            for (Map.Entry<String, String> field : answer.fields().entrySet()) {
                String name = Shown.text(field.getKey()).replace('_', ' ');
                console.out().line(Texts.left(name, NAME_COLUMNS) + Shown.text(field.getValue()));
            }
        }

        void rethrow() throws CommandFailure {
            if (firstFailure != null) {
                throw firstFailure;
            }
        }
    }
}
