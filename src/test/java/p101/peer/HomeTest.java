package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.model.Randomness;

class HomeTest {
    @TempDir
    Path folder;

    @Test
    void theOwnerKeyIsMadeOnceAndOnlyItsUserMayReadIt() throws Exception {
        HomeFolders folders = HomeFolders.in(folder);
        long key;
        try (Home home = Home.open(folders)) {
            key = home.ownerKey();
        }
        assertThat(key).isNotZero();
        Path file = folder.resolve("state/owner.key");
        Assumptions.assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (Home home = Home.open(folders)) {
            assertThat(home.ownerKey()).isEqualTo(key);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anOwnerKeyIsNeverZero() throws Exception {
        List<Long> numbers = List.of(0L, 0L, 7L);
        int[] next = {0};
        Randomness random = () -> numbers.get(next[0]++);
        try (Home home = Home.open(HomeFolders.in(folder), random)) {
            assertThat(home.ownerKey()).isEqualTo(7);
        }
    }

    @Test
    void aDamagedKeyIsNamedAndNotShown() throws Exception {
        Home.open(HomeFolders.in(folder)).close();
        for (String damaged : List.of("", "0000000000000000", "12345", "zzzzzzzzzzzzzzzz")) {
            Files.writeString(folder.resolve("state/owner.key"), damaged);
            assertThatThrownBy(() -> Home.open(HomeFolders.in(folder)))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("owner.key is damaged; delete it")
                    .satisfies(failure -> assertThat(((PeerException) failure).problem())
                            .isEqualTo(PeerException.Problem.HOME_UNUSABLE));
        }
        Files.delete(folder.resolve("state/owner.key"));
        Home.open(HomeFolders.in(folder)).close();
    }

    @Test
    void aHomeBelongsToOneAtATime() throws Exception {
        try (Home home = Home.open(HomeFolders.in(folder))) {
            assertThat(home.ownerKey()).isNotZero();
            assertThatThrownBy(() -> Home.open(HomeFolders.in(folder)))
                    .isInstanceOf(PeerException.class)
                    .hasMessage("the home " + folder.resolve("state") + " is in use by process "
                            + ProcessHandle.current().pid() + ": use another --home");
        }
        Home.open(HomeFolders.in(folder)).close();
    }

    @Test
    void aHomeThatCannotBeMadeIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> Home.open(HomeFolders.in(file)))
                .isInstanceOf(PeerException.class)
                .hasMessageEndingWith("use another --home");
    }

    @Test
    void theNewestTxSurvivesARestartAndADamagedFileCountsAsNone() throws Exception {
        HomeFolders folders = HomeFolders.in(folder);
        try (Home home = Home.open(folders)) {
            assertThat(home.txStore().load()).isZero();
            home.txStore().save(0xFFFF_0000L);
        }
        try (Home home = Home.open(folders)) {
            assertThat(home.txStore().load()).isEqualTo(0xFFFF_0000L);
            for (String damaged : List.of("", "-3", "4294967295", "99999999999999999999", "x")) {
                Files.writeString(folder.resolve("state/tx"), damaged);
                assertThat(home.txStore().load()).isZero();
            }
        }
    }

    @Test
    void theFoldersAreWhereThePlatformExpectsThem() {
        HomeFolders linux =
                HomeFolders.ofPlatform("Linux", Map.of("XDG_STATE_HOME", "/s", "XDG_CACHE_HOME", "c"), "/h");
        assertThat(linux.state()).isEqualTo(Path.of("/s/p101"));
        assertThat(linux.cache()).as("relative paths are ignored").isEqualTo(Path.of("/h/.cache/p101"));
        assertThat(linux.config()).isEqualTo(Path.of("/h/.config/p101"));
        HomeFolders moved = HomeFolders.ofPlatform("Linux", Map.of("HOME", "/t"), "/h");
        assertThat(moved.state()).isEqualTo(Path.of("/t/.local/state/p101"));
        assertThat(moved.cache()).isEqualTo(Path.of("/t/.cache/p101"));
        for (String unusable : List.of("", "t")) {
            assertThat(HomeFolders.ofPlatform("Linux", Map.of("HOME", unusable), "/h")
                            .config())
                    .isEqualTo(Path.of("/h/.config/p101"));
        }
        HomeFolders mac = HomeFolders.ofPlatform("Mac OS X", Map.of(), "/Users/h");
        assertThat(mac.state()).isEqualTo(Path.of("/Users/h/Library/Application Support/p101/state"));
        assertThat(mac.cache()).isEqualTo(Path.of("/Users/h/Library/Caches/p101"));
        HomeFolders windows = HomeFolders.ofPlatform("Windows 11", Map.of("LOCALAPPDATA", "/local"), "/h");
        assertThat(windows.state()).isEqualTo(Path.of("/local/p101/state"));
    }
}
