package p101.peer;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The folders of a home; nothing is made or locked by naming them.
 *
 * @param state what must survive: owner key, newest tx, lock, journals of downloads
 * @param cache what can be made again: hashes
 * @param config what a person wrote
 */
public record HomeFolders(Path state, Path cache, Path config) {
    private static final String NAME = "p101";

    /** All in one folder: {@code --home FOLDER}. */
    public static HomeFolders in(Path folder) {
        return new HomeFolders(folder.resolve("state"), folder.resolve("cache"), folder.resolve("config"));
    }

    /** Where this machine expects them. */
    public static HomeFolders ofPlatform() {
        return ofPlatform(System.getProperty("os.name", ""), System.getenv(), System.getProperty("user.home", "."));
    }

    /**
     * Where a platform expects them: XDG folders on Linux and other Unix systems, ~/Library on macOS, %LOCALAPPDATA% on
     * Windows. The home of the user is $HOME when that is an absolute path (not on Windows), else {@code userHome}.
     */
    static HomeFolders ofPlatform(String osName, Map<String, String> environment, String userHome) {
        Path account = Path.of(userHome);
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return in(absolute(environment.get("LOCALAPPDATA"), account.resolve("AppData/Local"))
                    .resolve(NAME));
        }
        // Java tells what the password file says; who sets HOME means another folder.
        Path home = absolute(environment.get("HOME"), account);
        if (os.startsWith("mac")) {
            Path support = home.resolve("Library/Application Support").resolve(NAME);
            Path caches = home.resolve("Library/Caches").resolve(NAME);
            return new HomeFolders(support.resolve("state"), caches, support.resolve("config"));
        }
        return new HomeFolders(
                absolute(environment.get("XDG_STATE_HOME"), home.resolve(".local/state"))
                        .resolve(NAME),
                absolute(environment.get("XDG_CACHE_HOME"), home.resolve(".cache"))
                        .resolve(NAME),
                absolute(environment.get("XDG_CONFIG_HOME"), home.resolve(".config"))
                        .resolve(NAME));
    }

    /** The XDG specification has relative paths ignored. */
    private static Path absolute(String pathOrNull, Path otherwise) {
        if (pathOrNull == null || pathOrNull.isEmpty()) {
            return otherwise;
        }
        Path path = Path.of(pathOrNull);
        return path.isAbsolute() ? path : otherwise;
    }
}
