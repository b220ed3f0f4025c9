package p101.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the process ends; the same for all commands. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;
    /** Nobody answers where an index, another server or a process of this home should: silent, or not there at all. */
    static final int INDEX_SILENT = 4;

    static final int REFUSED = 5;
    static final int NO_SOURCE = 6;
    static final int DISK = 7;
    static final int IN_USE = 8;
    /** 128 + SIGINT, as shells say it; SIGTERM gives 143. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The table that every help text ends with. */
    static Map<String, String> descriptions() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "done");
        codes.put("1", "failed for another reason");
        codes.put("2", "wrong usage");
        codes.put("3", "no such file or peer");
        codes.put("4", "the index (or the running process) does not answer, or none runs");
        codes.put("5", "refused: the name is taken, or a limit is reached");
        codes.put("6", "no source could deliver the file, or it did not verify");
        codes.put("7", "disk: no space, no permission, or the file exists");
        codes.put("8", "in use: the port or the home");
        codes.put("130", "interrupted (143: terminated)");
        return codes;
    }
}
