package p101.app;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything that a command has of the world around the process: streams, environment, and the signal to stop. Tests bring
 * their own.
 *
 * @param in standard input
 * @param out results
 * @param messages everything else
 * @param environment variables
 * @param stop tells when the process is asked to end
 * @param interactive whether standard input and output are both a terminal
 */
record Console(
        InputStream in,
        Output out,
        Messages messages,
        Map<String, String> environment,
        StopSignal stop,
        boolean interactive) {
    /** Set by the launcher: the numbers of the streams that are terminals, such as {@code 02}. */
    private static final String TERMINALS_PROPERTY = "p101.terminals";

    /** The streams of this process, in UTF-8 whatever the locale says. */
    static Console ofProcess() {
        Map<String, String> environment = System.getenv();
        Messages messages = new Messages(new FileOutputStream(FileDescriptor.err), isTerminal(2), environment);
        return new Console(
                // By itself a FileInputStream asks where it stands before it reads many bytes, and fails on a pipe.
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new Output(new FileOutputStream(FileDescriptor.out)),
                messages,
                environment,
                StopSignal.ofProcess(),
                isTerminal(0) && isTerminal(1));
    }

    private static boolean isTerminal(int stream) {
        String known = System.getProperty(TERMINALS_PROPERTY);
        return known == null ? linksToTerminal(stream) : known.indexOf('0' + stream) >= 0;
    }

    /** Without the launcher: Linux tells; elsewhere the cautious answer is no. */
    private static boolean linksToTerminal(int stream) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/".concat(Integer.toString(stream))))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
