package p101.app;

import java.util.Arrays;
import java.util.List;
import p101.menu.ScreenClosedException;
import p101.model.Shown;

/** Finds the command that was asked for, runs it, and turns whatever happens into a message and an exit code. */
final class Program {
    private final Console console;

    Program(Console console) {
        this.console = console;
    }

    /** Runs one command line to its end. */
    int run(String... words) {
        try {
            int exitCode = dispatch(Arrays.asList(words));
            console.out().flush();
            return exitCode;
        } catch (ScreenClosedException closed) {
            return outputClosed(closed);
        } catch (CommandFailure failure) {
            console.messages().error(failure.getMessage());
            console.messages().trace(failure);
            flushQuietly();
            return failure.exitCode();
        } catch (Exception | StackOverflowError unexpected) {
            console.messages().error(describe(unexpected));
            console.messages().trace(unexpected);
            flushQuietly();
            return ExitCode.FAILED;
        } finally {
            console.messages().endProgress();
        }
    }

    /** What a command had to say before it failed is still worth having. */
    private void flushQuietly() {
        try {
            console.out().flush();
        } catch (OutputClosedException closed) {
            outputClosed(closed); // The exit code stays that of the error.
        }
    }

    /** A reader who has enough is no failure; results that are lost are. */
    private int outputClosed(ScreenClosedException closed) {
        if (Output.isForWantOfReaders(closed.getCause())) {
            return ExitCode.OK;
        }
        console.messages().error(Output.failureText(closed.getCause()));
        console.messages().trace(closed);
        return ExitCode.DISK;
    }

    private int dispatch(List<String> words) throws Exception {
        String first = words.isEmpty() ? "" : words.get(0);
        switch (first) {
            case "" -> {
                console.messages().note(CommandParser.programHelp(Commands.all(), false));
                return ExitCode.USAGE;
            }
            case "-V", "--version" -> {
                console.out().line(Main.versionLine());
                return ExitCode.OK;
            }
            case "-h", "--help" -> {
                return programHelp();
            }
            case "help" -> {
                return words.size() < 2 ? programHelp() : commandHelp(command(words.get(1)));
            }
            default -> {
                return runCommand(command(first), words.subList(1, words.size()));
            }
        }
    }

    private Command command(String name) throws CommandFailure {
        Command command = Commands.named(name);
        if (command == null) {
            String nearest = Commands.nearest(name);
            String hint = nearest == null ? "" : " (did you mean " + nearest + "?)";
            String kind = name.startsWith("-") ? "an option of p101 itself" : "a command";
            throw CommandFailure.usage(
                    "'" + Shown.text(name) + "' is not " + kind + hint + "; p101 --help lists the commands");
        }
        return command;
    }

    private int runCommand(Command command, List<String> words) throws Exception {
        CommandParser parser = new CommandParser(command);
        Arguments arguments = parser.parse(words, console.environment());
        if (arguments.has(CommonOptions.HELP)) {
            return commandHelp(command);
        }
        if (arguments.has(CommonOptions.VERBOSE)) {
            console.messages().beVerbose();
        }
        return command.run(arguments, console);
    }

    private int commandHelp(Command command) {
        console.out().text(new CommandParser(command).help(coloursOnOutput()));
        return ExitCode.OK;
    }

    private int programHelp() {
        console.out().text(CommandParser.programHelp(Commands.all(), coloursOnOutput()));
        return ExitCode.OK;
    }

    private boolean coloursOnOutput() {
        return console.interactive() && console.messages().colours();
    }

    private static String describe(Throwable unexpected) {
        String message = unexpected.getMessage();
        String name = unexpected.getClass().getSimpleName();
        return Shown.text(message == null ? name : name.concat(": ").concat(message))
                .concat(" (-v shows where)");
    }
}
