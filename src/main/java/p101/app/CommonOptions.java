package p101.app;

/** Options that several commands share: one name, one meaning, one variable each. */
final class CommonOptions {
    static final Option INDEX = Option.value("HOST[:PORT]", "the index to ask", "--index")
            .orEnvironment("P101_INDEX")
            .orElse("127.0.0.1:60000");

    static final Option NAME = Option.value(
                    "NAME", "your name among the peers, at most 16 bytes (default: the user's name)", "--name")
            .orEnvironment("P101_NAME");

    static final Option PORT = Option.value("N", "TCP port to serve on, 0 = a free one", "--port")
            .orEnvironment("P101_PORT")
            .orElse("0");

    static final Option BIND = Option.value("ADDRESS", "the address of this machine to use (default: any)", "--bind");

    static final Option DIR = Option.value("FOLDER", "the folder for downloads, made if it is not there", "--dir")
            .orEnvironment("P101_DIR")
            .orElse(".");

    static final Option HOME = Option.value(
                    "FOLDER",
                    "the folder for state, cache and settings; each peer needs its own, and each index (default: where the "
                            + "platform keeps such things)",
                    "--home")
            .orEnvironment("P101_HOME");

    static final Option JSON = Option.flag("results as JSON, one object per line", "--json");

    static final Option VERBOSE = Option.flag("say more; stack traces too", "-v", "--verbose");

    static final Option HELP = Option.flag("show this help", "-h", "--help");

    static final Option VERSION = Option.flag("show the version", "-V", "--version");

    private CommonOptions() {}
}
