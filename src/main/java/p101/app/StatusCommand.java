package p101.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import p101.control.ControlAnswer;
import p101.control.ControlRequest;
import p101.model.Shown;
import p101.peer.HomeFolders;

/** {@code p101 status}: how the peer and the index of this home are doing. */
final class StatusCommand implements Command {
    private static final int NAME_COLUMNS = 24;

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "Ask the running peer or index of this home how it is doing.";
    }

    @Override
    public List<Option> options() {
        return List.of(CommonOptions.HOME, CommonOptions.JSON);
    }

    @Override
    public String notes() {
        return "With --json one line for each process, with the same names; all values are strings. When nothing "
                + "runs in this home, the exit code is 4.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure {
        HomeFolders home = Addresses.home(arguments);
        boolean json = arguments.has(CommonOptions.JSON);
        boolean peer = show(Addresses.peerSocket(home), "peer", json, console);
        boolean index = show(Addresses.indexSocket(home), "index", json, console);
        if (!peer && !index) {
            throw new CommandFailure(
                    ExitCode.INDEX_SILENT,
                    "nothing runs with the home " + Shown.text(home.state().toString())
                            + ": start it with p101 share, peer or index, or name its --home");
        }
        return ExitCode.OK;
    }

    private static boolean show(Path socket, String process, boolean json, Console console) throws CommandFailure {
        ControlAnswer answer = ControlQuestions.ask(socket, ControlRequest.of(ControlQuestions.STATUS));
        if (answer == null) {
            return false;
        }
        if (!answer.ok()) {
            throw new CommandFailure(ExitCode.FAILED, "the " + process + " says: " + Shown.text(answer.text()));
        }
        if (json) {
            JsonLine line = new JsonLine().add("process", process);
            answer.fields().forEach(line::add);
            console.out().line(line.toString());
        } else {
            console.out().line(Texts.left("process", NAME_COLUMNS) + process);
            for (Map.Entry<String, String> field : answer.fields().entrySet()) {
                String name = Shown.text(field.getKey()).replace('_', ' ');
                console.out().line(Texts.left(name, NAME_COLUMNS) + Shown.text(field.getValue()));
            }
        }
        return true;
    }
}
