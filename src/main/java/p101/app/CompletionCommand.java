package p101.app;

import java.util.List;

/** {@code p101 completion}: a script that makes the shell complete commands and options. */
final class CompletionCommand implements Command {
    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String summary() {
        return "Print a completion script for bash and zsh.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public String notes() {
        return "bash: source <(p101 completion)\n"
                + "zsh:  autoload -U +X bashcompinit && bashcompinit && source <(p101 completion)";
    }

    @Override
    public int run(Arguments arguments, Console console) {
        console.out().text(CommandParser.completionScript(Commands.all()));
        return ExitCode.OK;
    }
}
