package p101.app;

import java.io.File;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * From {@link Command} to picocli and back: the only class that knows picocli. The model is built by hand, for one command:
 * annotations and the whole tree cost more than all the rest of a start.
 */
final class CommandParser {
    private static final int HELP_COLUMNS = 80;

    /** As picocli writes it: the names go through compgen -W, which runs what stands in them as $(...). */
    private static final String EXPANDED_PATHS = "positionals=$( compgen -f -- \"${curr_word}\" ) # files";

    private static final String PLAIN_PATHS = "COMPREPLY=( $( compgen -f -- \"${curr_word}\" ) ); return";

    private static final Pattern PATH_LABEL = Pattern.compile("\\b(FILE|FOLDER)\\b");

    static {
        // All values are texts here: picocli need not load the classes of dates and databases to convert them.
        System.setProperty("picocli.converters.excludes", "java\\..*");
    }

    private final Command command;
    private final CommandSpec spec;
    private final List<OptionSpec> optionSpecs = new ArrayList<>();

    CommandParser(Command command) {
        this.command = command;
        this.spec = specOf(command, optionSpecs);
        spec.name("p101 " + command.name());
    }

    /**
     * Reads what follows the command's name.
     *
     * @throws CommandFailure when it does not fit; the message says what to do
     */
    Arguments parse(List<String> words, Map<String, String> environment) throws CommandFailure {
        CommandLine line = new CommandLine(spec);
        ParseResult result;
        try {
            result = line.parseArgs(words.toArray(new String[0]));
        } catch (ParameterException wrong) {
            throw CommandFailure.usage(
                    command.name() + ": " + firstLine(wrong.getMessage()) + "; see p101 " + command.name() + " --help");
        }
        List<Option> options = allOptions(command);
        Map<Option, List<String>> given = new IdentityHashMap<>();
        for (int i = 0; i < options.size(); i++) {
            OptionSpec optionSpec = optionSpecs.get(i);
            if (result.hasMatchedOption(optionSpec)) {
                given.put(options.get(i), List.copyOf(optionSpec.stringValues()));
            }
        }
        List<String> operands =
                result.hasMatchedPositional(0) ? result.matchedPositional(0).stringValues() : List.of();
        return new Arguments(given, List.copyOf(operands), environment);
    }

    /** The command's help, for 80 columns. */
    String help(boolean colours) {
        return usage(new CommandLine(spec), colours);
    }

    /** The help of the whole program. */
    static String programHelp(List<Command> commands, boolean colours) {
        return usage(new CommandLine(tree(commands)), colours);
    }

    /** A script for bash, and for zsh with its bash emulation. */
    static String completionScript(List<Command> commands) {
        return AutoComplete.bash("p101", new CommandLine(tree(commands))).replace(EXPANDED_PATHS, PLAIN_PATHS);
    }

    private static CommandSpec tree(List<Command> commands) {
        CommandSpec root = CommandSpec.create().name("p101");
        root.addOption(helpOption());
        root.addOption(optionSpec(CommonOptions.VERSION, CommonOptions.VERSION.help()));
        root.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .description("Peer-to-peer file sharing in PDUs of 101 bytes.%n")
                .commandListHeading("%nCommands:%n")
                .footer("", "p101 COMMAND --help tells more. Start with: p101 index, p101 share FOLDER, p101 ls.");
        finish(root);
        for (Command command : commands) {
            root.addSubcommand(command.name(), specOf(command, new ArrayList<>()));
        }
        return root;
    }

    private static CommandSpec specOf(Command command, List<OptionSpec> optionSpecs) {
        CommandSpec spec = CommandSpec.create().name(command.name());
        for (Option option : allOptions(command)) {
            OptionSpec optionSpec =
                    option == CommonOptions.HELP ? helpOption() : optionSpec(option, command.help(option));
            optionSpecs.add(optionSpec);
            spec.addOption(optionSpec);
        }
        Command.Operands operands = command.operands();
        if (operands.most() > 0) {
            boolean single = operands.most() == 1;
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel(operands.label())
                    .description(literal(operands.description()))
                    .index(single ? "0" : "0..*")
                    .arity(operands.least() + (single ? "..1" : "..*"))
                    .required(operands.least() > 0)
                    .type(List.class)
                    .auxiliaryTypes(typeFor(operands.label()))
                    .build());
        }
        spec.usageMessage().description(literal(command.summary()));
        if (!command.notes().isEmpty()) {
            spec.usageMessage().footer("", literal(command.notes()));
        }
        finish(spec);
        return spec;
    }

    /** The command's own options, then those that every command has. */
    private static List<Option> allOptions(Command command) {
        List<Option> all = new ArrayList<>(command.options());
        all.add(CommonOptions.VERBOSE);
        all.add(CommonOptions.HELP);
        return all;
    }

    private static void finish(CommandSpec spec) {
        spec.parser().collectErrors(false).toggleBooleanFlags(false);
        spec.usageMessage()
                .width(HELP_COLUMNS)
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.descriptions());
    }

    private static OptionSpec helpOption() {
        return OptionSpec.builder(CommonOptions.HELP.names())
                .type(boolean.class)
                .arity("0")
                .usageHelp(true)
                .description(CommonOptions.HELP.description())
                .build();
    }

    private static OptionSpec optionSpec(Option option, String help) {
        OptionSpec.Builder builder = OptionSpec.builder(option.names()).description(literal(help));
        switch (option.kind()) {
            case FLAG -> builder.type(boolean.class).arity("0");
            case VALUE -> builder.type(typeFor(option.label())).arity("1").paramLabel(option.label());
            case OPTIONAL_VALUE ->
                builder.type(String.class).arity("0..1").fallbackValue("").paramLabel(option.label());
            case REPEATED ->
                builder.type(List.class).auxiliaryTypes(String.class).arity("1").paramLabel(option.label());
        }
        if (!option.words().isEmpty()) {
            builder.completionCandidates(option.words());
        }
        return builder.build();
    }

    /** Only for completion, where picocli has paths for this type; what was typed is taken as a text all the same. */
    private static Class<?> typeFor(String label) {
        return PATH_LABEL.matcher(label).find() ? File.class : String.class;
    }

    private static String usage(CommandLine line, boolean colours) {
        return line.getUsageMessage(colours ? Ansi.ON : Ansi.OFF);
    }

    /** picocli formats help texts: a percent sign must be doubled. */
    private static String literal(String text) {
        return text.replace("%", "%%");
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return p101.model.Shown.text(end < 0 ? message : message.substring(0, end));
    }
}
