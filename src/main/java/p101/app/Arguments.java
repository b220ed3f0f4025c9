package p101.app;

import java.util.List;
import java.util.Map;

/**
 * What the user gave: options over environment over defaults. All checks of form are made here, so that every command says
 * the same about the same mistake.
 */
final class Arguments {
    private final Map<Option, List<String>> given;
    private final List<String> operands;
    private final Map<String, String> environment;

    Arguments(Map<Option, List<String>> given, List<String> operands, Map<String, String> environment) {
        this.given = given;
        this.operands = operands;
        this.environment = environment;
    }

    List<String> operands() {
        return operands;
    }

    /** Whether it stands on the command line. */
    boolean has(Option option) {
        return given.containsKey(option);
    }

    /** Whether it stands on the command line or in the environment. */
    boolean isGiven(Option option) {
        return has(option) || fromEnvironment(option) != null;
    }

    /** The value; null when nobody gave one and there is no default. */
    String text(Option option) {
        List<String> values = given.get(option);
        if (values != null && !values.isEmpty()) {
            return values.get(values.size() - 1);
        }
        String variable = fromEnvironment(option);
        return variable == null ? option.fallback() : variable;
    }

    /** All values of a repeated option. */
    List<String> texts(Option option) {
        List<String> values = given.get(option);
        return values == null ? List.of() : values;
    }

    /** A whole number between two bounds. */
    long number(Option option, long least, long most) throws CommandFailure {
        String text = text(option);
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw bad(option, "a whole number from " + least + " to " + most);
    }

    /** A mistake in a value, with the place that it came from. */
    CommandFailure bad(Option option, String expected) {
        String value = p101.model.Shown.text(String.valueOf(text(option)));
        return CommandFailure.usage(place(option) + ": '" + value + "' is not " + expected);
    }

    /** Where the value comes from: the option's name, or that of its variable. */
    String place(Option option) {
        return has(option) || fromEnvironment(option) == null ? option.name() : option.environment();
    }

    /** A variable that is no option, because its value must not stand on a command line; null when it is not set. */
    String variable(String name) {
        return environment.get(name);
    }

    /** An empty variable counts as none. */
    private String fromEnvironment(Option option) {
        String value = option.environment() == null ? null : environment.get(option.environment());
        return value == null || value.isEmpty() ? null : value;
    }
}
