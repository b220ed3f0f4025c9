package p101.peer;

import java.nio.file.Path;

/**
 * The folders of a home; nothing is made or locked by naming them.
 *
 * @param state what must survive: owner key, newest tx, journals of downloads
 * @param cache what can be made again: hashes
 * @param config what a person wrote
 */
public record HomeFolders(Path state, Path cache, Path config) {
    /** All in one folder: {@code --home FOLDER}. */
    public static HomeFolders in(Path folder) {
        return new HomeFolders(folder.resolve("state"), folder.resolve("cache"), folder.resolve("config"));
    }

    /** Where this platform expects them: XDG folders on Linux, ~/Library on macOS, %LOCALAPPDATA% on Windows. */
    public static HomeFolders ofPlatform() {
        return in(Path.of(System.getProperty("user.home"), ".p101"));
    }
}
