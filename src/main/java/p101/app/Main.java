package p101.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Where the process begins. {@code --version} is answered before anything else is loaded. */
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        if (words.length == 1 && (words[0].equals("--version") || words[0].equals("-V")) && isVersionPrinted()) {
            return;
        }
        int exitCode = new Program(Console.ofProcess()).run(words);
        // Threads of a broken-off wait must not keep the process; hooks run their course.
        System.exit(exitCode);
    }

    /** False when it cannot be written; {@link Program} meets the same again and says so. */
    private static boolean isVersionPrinted() {
        try {
            // Not closed: whoever comes next still needs the descriptor.
            new FileOutputStream(FileDescriptor.out)
                    .write(versionLine().concat("\n").getBytes());
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** {@code p101 1.0.0}; outside of the jar the version is not known. */
    static String versionLine() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "p101 ".concat(version == null ? "(not packaged)" : version);
    }
}
