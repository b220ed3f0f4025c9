package p101.app;

import java.util.List;

/**
 * One option of a command, told without any library. A value comes from the command line, else from the environment, else
 * from the default.
 *
 * @param names {@code -v}, {@code --verbose}
 * @param label what the help calls the value; FILE or FOLDER in it: the shell completes paths
 * @param kind what may follow
 * @param environment a variable that gives the value too; null = none
 * @param fallback the value when nobody gives one; null = none
 * @param description one or two lines of help
 * @param words what the shell completes: all that the value may be; empty = it is none of a few words
 */
record Option(
        String[] names,
        String label,
        Kind kind,
        String environment,
        String fallback,
        String description,
        List<String> words) {
    enum Kind {
        /** Present or not. */
        FLAG,
        /** With a value. */
        VALUE,
        /** {@code --opt} or {@code --opt=VALUE}. */
        OPTIONAL_VALUE,
        /** With a value, as often as wanted. */
        REPEATED
    }

    static Option flag(String description, String... names) {
        return new Option(names, "", Kind.FLAG, null, null, description, List.of());
    }

    static Option value(String label, String description, String... names) {
        return new Option(names, label, Kind.VALUE, null, null, description, List.of());
    }

    static Option optionalValue(String label, String description, String... names) {
        return new Option(names, label, Kind.OPTIONAL_VALUE, null, null, description, List.of());
    }

    static Option repeated(String label, String description, String... names) {
        return new Option(names, label, Kind.REPEATED, null, null, description, List.of());
    }

    Option orEnvironment(String variable) {
        return new Option(names, label, kind, variable, fallback, description, words);
    }

    Option orElse(String value) {
        return new Option(names, label, kind, environment, value, description, words);
    }

    Option oneOf(String... all) {
        return new Option(names, label, kind, environment, fallback, description, List.of(all));
    }

    /** The longest name: what messages call it. */
    String name() {
        return names[names.length - 1];
    }

    /** The description with default and variable. */
    String help() {
        StringBuilder help = new StringBuilder(description);
        if (fallback != null) {
            help.append(" (default: ").append(fallback).append(')');
        }
        if (environment != null) {
            help.append(" [").append(environment).append(']');
        }
        return help.toString();
    }
}
