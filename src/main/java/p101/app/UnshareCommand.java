package p101.app;

import java.util.List;
import p101.control.ControlAnswer;
import p101.control.ControlRequest;
import p101.model.Shown;
import p101.peer.HomeFolders;

/** {@code p101 unshare}: the running peer of this home stops to share something. */
final class UnshareCommand implements Command {
    @Override
    public String name() {
        return "unshare";
    }

    @Override
    public String summary() {
        return "Have the running peer of this home stop sharing files or folders.";
    }

    @Override
    public List<Option> options() {
        return List.of(CommonOptions.HOME);
    }

    @Override
    public Operands operands() {
        return Operands.some("FILE|FOLDER", "what was given to share, or the name of a shared file as ls shows it");
    }

    @Override
    public String notes() {
        return "When something of it is not shared, the exit code is 3; when no peer runs in this home, 4.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure {
        HomeFolders home = Addresses.home(arguments);
        int exitCode = ExitCode.OK;
        for (String operand : arguments.operands()) {
            ControlAnswer answer = ControlQuestions.ask(
                    ControlSockets.peer(home), new ControlRequest(ControlQuestions.UNSHARE, argument(operand)));
            if (answer == null) {
                throw new CommandFailure(
                        ExitCode.INDEX_SILENT,
                        "no peer runs with the home " + Shown.text(home.state().toString()) + ": name its --home");
            }
            if (answer.ok()) {
                console.out().line(Shown.text(answer.text()));
            } else {
                console.messages().error(Shown.text(answer.text()));
                exitCode = ExitCode.NOT_FOUND;
            }
        }
        return exitCode;
    }

    /** The other process has another working folder: the path goes whole; the word as typed follows, for names. */
    private static String argument(String operand) throws CommandFailure {
        return Addresses.path(operand).toAbsolutePath().normalize() + "\n" + operand;
    }
}
