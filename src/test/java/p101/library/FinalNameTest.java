package p101.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p101.model.Content;

/** How a finished download gets its name. */
class FinalNameTest extends PartialRig {
    @Test
    void anExistingFileIsKept() throws IOException {
        Path existing = TestFiles.write(folder.resolve("file.bin"), new byte[] {1});
        try (PartialFile partial = open()) {
            fetchAll(partial);
            assertThatThrownBy(() -> partial.finish(ExistingFilePolicy.KEEP))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(existing).hasBinaryContent(new byte[] {1});
        }
        try (PartialFile again = open()) {
            assertThat(again.pieces().isComplete()).as("still resumable").isTrue();
            assertThat(again.finish(ExistingFilePolicy.RENAME)).hasFileName("file (2).bin");
        }
        assertThat(existing).hasBinaryContent(new byte[] {1});
        assertThat(folder.resolve("file (2).bin")).hasBinaryContent(BYTES);
    }

    @Test
    void anExistingFileIsOverwrittenWhenAsked() throws IOException {
        TestFiles.write(folder.resolve("file.bin"), new byte[] {1});
        try (PartialFile partial = open()) {
            fetchAll(partial);
            partial.finish(ExistingFilePolicy.OVERWRITE);
        }
        assertThat(folder.resolve("file.bin")).hasBinaryContent(BYTES);
        assertThat(names()).containsExactly("file.bin");
    }

    @ParameterizedTest
    @EnumSource(value = ExistingFilePolicy.class, names = "RENAME", mode = EnumSource.Mode.EXCLUDE)
    void aFolderALinkAndAPipeAreNeverReplaced(ExistingFilePolicy policy) throws Exception {
        Path outside = TestFiles.write(folder.resolve("outside/canary"), new byte[] {7});
        Path taken = folder.resolve("file.bin");
        List<Runnable> makers = List.of(
                () -> run(() -> Files.createDirectory(taken)),
                () -> run(() -> Files.createSymbolicLink(taken, outside)),
                () -> run(() ->
                        new ProcessBuilder("mkfifo", taken.toString()).start().waitFor()));
        for (Runnable maker : makers) {
            maker.run();
            assertThatThrownBy(() -> ExistingTarget.check(taken, target().content(), policy, bytes -> {}))
                    .isInstanceOf(FileAlreadyExistsException.class);
            try (PartialFile partial = open()) {
                fetchAll(partial);
                assertThatThrownBy(() -> partial.finish(policy)).isInstanceOf(FileAlreadyExistsException.class);
            }
            assertThat(Files.isRegularFile(taken, LinkOption.NOFOLLOW_LINKS)).isFalse();
            Files.delete(taken);
        }
        assertThat(outside).hasBinaryContent(new byte[] {7});
    }

    private interface Step {
        Object run() throws Exception;
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void identicalContentNeedsNoDownload() throws IOException {
        Path existing = folder.resolve("file.bin");
        Content content = target().content();
        assertThat(ExistingTarget.check(existing, content, ExistingFilePolicy.KEEP, bytes -> {}))
                .isEqualTo(ExistingTarget.PROCEED);
        TestFiles.write(existing, BYTES);
        assertThat(ExistingTarget.check(existing, content, ExistingFilePolicy.SKIP_IDENTICAL, bytes -> {}))
                .isEqualTo(ExistingTarget.IDENTICAL);
        assertThat(ExistingTarget.check(existing, content, ExistingFilePolicy.OVERWRITE, bytes -> {}))
                .isEqualTo(ExistingTarget.PROCEED);
        assertThatThrownBy(() -> ExistingTarget.check(existing, content, ExistingFilePolicy.KEEP, bytes -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);
        byte[] other = BYTES.clone();
        other[399_999]++;
        TestFiles.write(existing, other);
        assertThatThrownBy(
                        () -> ExistingTarget.check(existing, content, ExistingFilePolicy.SKIP_IDENTICAL, bytes -> {}))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("other content");
    }

    @Test
    void aNameOf255BytesIsNoObstacle() throws IOException {
        String name = "ش".repeat(125) + ".pdf";
        Path path = folder.resolve(name);
        TestFiles.write(path, new byte[] {1});
        try (PartialFile partial = PartialFile.open(TestFiles.target(path, BYTES), bytes -> {})) {
            fetchAll(partial);
            Path renamed = partial.finish(ExistingFilePolicy.RENAME);
            assertThat(renamed.getFileName().toString()).endsWith("ش (2).pdf");
            assertThat(renamed).hasBinaryContent(BYTES);
        }
    }

    @Test
    void renamesBeforeTheExtension() {
        assertThat(FinalName.numbered("a.tar.gz", 2)).isEqualTo("a.tar (2).gz");
        assertThat(FinalName.numbered("README", 3)).isEqualTo("README (3)");
        assertThat(FinalName.numbered(".profile", 2)).isEqualTo(".profile (2)");
    }
}
