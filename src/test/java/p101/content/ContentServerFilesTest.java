package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p101.content.TestDownloader.Reply;
import p101.library.Library;
import p101.library.LibraryListener;
import p101.library.LibraryOptions;
import p101.library.Manifest;
import p101.library.ServedFile;
import p101.loop.LoopHarness;
import p101.model.Clock;
import p101.model.Content;
import p101.model.FileName;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.RangeKind;

/** The content server on a real library: files on the disk that change in the middle of a transfer. */
@Timeout(60)
class ContentServerFilesTest {
    private static final int SIZE = 6_000_000;

    /** What may happen to a file while it is served. */
    enum Mishap {
        TRUNCATED {
            @Override
            void happenTo(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(SIZE / 2);
                }
            }
        },
        GROWN {
            @Override
            void happenTo(Path file) throws IOException {
                Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
            }
        },
        OVERWRITTEN {
            @Override
            void happenTo(Path file) throws IOException {
                Files.write(file, new byte[SIZE]);
            }
        },
        REPLACED {
            @Override
            void happenTo(Path file) throws IOException {
                FileTime then = Files.getLastModifiedTime(file);
                Path other = file.resolveSibling("other");
                Files.write(other, new byte[SIZE]);
                Files.setLastModifiedTime(other, then);
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        DELETED {
            @Override
            void happenTo(Path file) throws IOException {
                Files.delete(file);
            }
        };

        abstract void happenTo(Path file) throws IOException;
    }

    @TempDir
    Path folder;

    private final LoopHarness harness = new LoopHarness();
    private Library library;
    private ContentServer server;

    @BeforeEach
    void start() throws IOException {
        library = Library.open(new LibraryOptions(null, 1, 100), Clock.SYSTEM, new LibraryListener() {
            @Override
            public void onSkipped(Path path, String reason) {
                throw new AssertionError(path + " " + reason);
            }
        });
        ContentLimits limits = ContentLimits.DEFAULT.withSendBufferBytes(50_000);
        server = new ContentServer(harness.loop, library, limits);
        server.start(LoopHarness.anyPort());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        library.close();
        harness.close();
    }

    @ParameterizedTest
    @EnumSource
    void aMishapEndsInAnErrorAndNeverInAWrongByte(Mishap mishap) throws Exception {
        byte[] bytes = MemoryFile.pattern(SIZE);
        Path path = write("file.bin", bytes);
        Path otherPath = write("other.txt", MemoryFile.pattern(777));
        ServedFile file = share(path);
        share(otherPath);
        try (TestDownloader downloader = new TestDownloader(harness, server.localAddress(), 4_096)) {
            downloader.ask(byRoot(file), TestDownloader.byName(RangeKind.CONTENT, "other.txt"), byRoot(file));
            harness.turnUntil(() -> server.counters().bytesSent() > 0);
            mishap.happenTo(path);
            Reply reply = downloader.reply();

            assertThat(reply.failure().code()).isEqualTo(ErrorCode.CHANGED);
            // The last C may have been finished with zeros; the E after it says that nothing of it counts.
            int sure = reply.bytes().length - 100;
            assertThat(sure).isBetween(0, SIZE - 1);
            assertThat(Arrays.equals(Arrays.copyOf(reply.bytes(), sure), Arrays.copyOf(bytes, sure)))
                    .isTrue();
            assertThat(downloader.reply().bytes()).hasSize(777);
            assertThat(downloader.reply().failure()).as("asked again").isNotNull();
        }
        assertThat(harness.failures).isEmpty();
    }

    @Test
    void whatIsSharedNoMoreIsNotFoundAndWhatHadBegunIsFinished() throws Exception {
        byte[] bytes = MemoryFile.pattern(SIZE);
        ServedFile file = share(write("file.bin", bytes));
        try (TestDownloader downloader = new TestDownloader(harness, server.localAddress(), 4_096)) {
            downloader.ask(byRoot(file), byRoot(file));
            harness.turnUntil(() -> server.counters().bytesSent() > 0);
            library.remove(FileName.of("file.bin"));

            assertThat(Arrays.equals(downloader.reply().bytes(), bytes)).isTrue();
            assertThat(downloader.reply().failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void ofTwoFilesWithOneContentTheManifestIsThatOfTheOneThatWasNamed() throws Exception {
        List<ServedFile> twins = List.of(
                share(write("one.bin", MemoryFile.pattern(SIZE))), share(write("two.bin", MemoryFile.pattern(SIZE))));
        for (ServedFile file : twins) {
            try (TestDownloader downloader = new TestDownloader(harness, server.localAddress(), 0)) {
                downloader.ask(
                        new Pdu.Download(
                                RangeKind.MANIFEST, 0, 0, file.content().root(), file.label()),
                        new Pdu.Download(
                                RangeKind.MANIFEST, 0, 0, file.content().id().asHint(), file.label()));
                for (int i = 0; i < 2; i++) {
                    ByteBuffer bytes = ByteBuffer.wrap(downloader.reply().bytes());
                    assertThat(Manifest.decode(bytes, file.content()).name()).isEqualTo(file.label());
                }
            }
        }
    }

    @Test
    void servesTheManifestThatTheLibraryMakes() throws Exception {
        ServedFile file = share(write("file.bin", MemoryFile.pattern(SIZE)));
        Content content = file.content();
        try (TestDownloader downloader = new TestDownloader(harness, server.localAddress(), 0)) {
            downloader.ask(
                    new Pdu.Download(RangeKind.MANIFEST, 0, 0, content.id().asHint(), FileName.NONE));
            Reply reply = downloader.reply();

            assertThat(Manifest.decode(ByteBuffer.wrap(reply.bytes()), content)).isEqualTo(file.manifest());
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve(name), bytes);
        // Older than the grain of the disk's clock, so that every later change shows.
        return Files.setLastModifiedTime(
                path, FileTime.fromMillis(System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1)));
    }

    private ServedFile share(Path path) throws Exception {
        List<ServedFile> files = library.add(path).get(30, TimeUnit.SECONDS);
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private static Pdu.Download byRoot(ServedFile file) {
        return new Pdu.Download(RangeKind.CONTENT, 0, 0, file.content().root(), FileName.NONE);
    }
}
