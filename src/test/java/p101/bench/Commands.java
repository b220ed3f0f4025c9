package p101.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds programs: rivals on the PATH, and the launcher that {@code make build} leaves. */
final class Commands {
    private Commands() {}

    /** The first of the programs that is not installed, or {@code null} when all are. */
    static String missing(String... programs) {
        return Stream.of(programs)
                .filter(program -> !isInstalled(program))
                .findFirst()
                .orElse(null);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .anyMatch(Files::isExecutable);
    }

    /** The launcher: the system property {@code p101.launcher}, or {@code target/p101}. */
    static String launcher() {
        return Path.of(System.getProperty("p101.launcher", "target/p101"))
                .toAbsolutePath()
                .toString();
    }

    /** The java program of this JVM. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
