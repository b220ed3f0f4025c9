package p101.app;

import java.util.List;

/** One command of the program. An instance serves one run. */
interface Command {
    /** What stands after {@code p101}. */
    String name();

    /** One line for the list of commands. */
    String summary();

    /** Its own options; {@link CommonOptions#HELP} and {@link CommonOptions#VERBOSE} are added. */
    List<Option> options();

    /** What else may stand on the command line. */
    default Operands operands() {
        return Operands.NONE;
    }

    /** What the help says of one of them; a command that means something of its own by a common one says that. */
    default String help(Option option) {
        return option.help();
    }

    /** A paragraph that the help ends with; may be empty. */
    default String notes() {
        return "";
    }

    /**
     * Does it.
     *
     * @return an exit code
     * @throws CommandFailure when it cannot; the message is for the user
     * @throws Exception another failure; shown in one line, with a stack trace only under {@code -v}
     */
    int run(Arguments arguments, Console console) throws Exception;

    /**
     * What follows the options.
     *
     * @param label as the help calls one of them
     * @param least how many must be there
     * @param most how many may be there
     */
    record Operands(String label, int least, int most, String description) {
        static final Operands NONE = new Operands("", 0, 0, "");

        static Operands any(String label, String description) {
            return new Operands(label, 0, Integer.MAX_VALUE, description);
        }

        static Operands some(String label, String description) {
            return new Operands(label, 1, Integer.MAX_VALUE, description);
        }

        static Operands one(String label, String description) {
            return new Operands(label, 1, 1, description);
        }

        static Operands optional(String label, String description) {
            return new Operands(label, 0, 1, description);
        }
    }
}
