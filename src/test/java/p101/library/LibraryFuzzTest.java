package p101.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import p101.model.Content;
import p101.model.FileName;
import p101.model.Root;

/** Everything that this package decodes, on any bytes and on good bytes with a few wrong ones: refused, or right. */
class LibraryFuzzTest {
    private static final HashedFile HASHED = TestFiles.hashed(TestFiles.pattern(200_000));
    private static final PartialJournal JOURNAL = new PartialJournal(HASHED.content(), "boot", "key");

    private static Manifest decode(byte[] bytes, Content content) {
        try {
            return Manifest.decode(ByteBuffer.wrap(bytes), content);
        } catch (InvalidManifestException e) {
            return null;
        }
    }

    /** Six bytes of size, 32 of root, then a manifest. */
    @FuzzTest
    void rawManifest(byte[] input) {
        byte[] padded = Arrays.copyOf(input, Math.max(38, input.length));
        ByteBuffer head = ByteBuffer.wrap(padded);
        long size = head.getLong(0) >>> 16;
        Content content = new Content(Root.read(head, 6), size);
        byte[] bytes = Arrays.copyOfRange(padded, 38, padded.length);
        Manifest manifest = decode(bytes, content);
        if (manifest != null) {
            assertThat(manifest.encode().array()).isEqualTo(bytes);
            assertThat(manifest.pieces().isOf(content)).isTrue();
        }
    }

    @FuzzTest
    void typedManifest(FuzzedDataProvider data) {
        HashedFile hashed = TestFiles.hashed(TestFiles.pattern(data.consumeInt(0, 150_000)));
        byte[] good =
                new Manifest(FileName.of("name.bin"), hashed.pieces()).encode().array();
        byte[] bad = mutate(good, data);
        Manifest manifest = decode(bad, hashed.content());
        if (manifest != null) {
            assertThat(manifest.encode().array()).isEqualTo(bad);
            assertThat(manifest.pieces()).as("only the name can differ").isEqualTo(hashed.pieces());
        }
    }

    /** Changes a few bytes, and perhaps the length. */
    private static byte[] mutate(byte[] good, FuzzedDataProvider data) {
        byte[] bad = data.consumeBoolean() ? Arrays.copyOf(good, data.consumeInt(0, good.length + 40)) : good.clone();
        for (int changes = data.consumeInt(0, 4); changes > 0 && bad.length > 0; changes--) {
            bad[data.consumeInt(0, bad.length - 1)] = data.consumeByte();
        }
        return bad;
    }

    @FuzzTest
    void rawJournal(byte[] input) {
        PartialJournal.Claim claim = JOURNAL.judge(ByteBuffer.wrap(input));
        if (claim.trust() == PartialJournal.Trust.NONE) {
            assertThat(claim.pieces().isEmpty()).isTrue();
        } else {
            assertThat(input).hasSize(128 + HASHED.pieces().count());
            assertThat(claim.pieces().length())
                    .isLessThanOrEqualTo(HASHED.pieces().count());
        }
    }

    @FuzzTest
    void typedJournal(FuzzedDataProvider data) {
        PieceSet pieces = PieceSet.empty(HASHED.pieces().count());
        for (int i = 0; i < pieces.pieceCount(); i++) {
            if (data.consumeBoolean()) {
                pieces.add(i);
            }
        }
        byte[] good = JOURNAL.encode(pieces).array();
        byte[] bad = mutate(good, data);
        PartialJournal.Claim claim = JOURNAL.judge(ByteBuffer.wrap(bad));
        boolean sameHead = bad.length == good.length && Arrays.equals(bad, 0, 104, good, 0, 104);
        if (claim.trust() == PartialJournal.Trust.FULL) {
            assertThat(sameHead).as("a damaged header is believed").isTrue();
        }
        for (int i = claim.pieces().nextSetBit(0); i >= 0; i = claim.pieces().nextSetBit(i + 1)) {
            assertThat(bad[128 + i]).isEqualTo((byte) 1);
        }
    }

    /** Any bytes behind a good header, or all of them. */
    @FuzzTest
    void rawCache(byte[] input) {
        withCacheOf(input);
        byte[] behindHeader = Arrays.copyOf(cacheOf(), 16 + input.length);
        System.arraycopy(input, 0, behindHeader, 16, input.length);
        withCacheOf(behindHeader);
    }

    @FuzzTest
    void typedCache(FuzzedDataProvider data) {
        HashedFile found = withCacheOf(mutate(cacheOf(HASHED, TestFiles.hashed(new byte[10])), data));
        assertThat(found == null || found.equals(HASHED))
                .as("a wrong hash is found")
                .isTrue();
    }

    private static final Path PLACE = Path.of("/shared/file");

    private static FileIdentity identity(HashedFile hashed) {
        return new FileIdentity(hashed.content().size(), 1_234_567_890L, "key");
    }

    private static byte[] cacheOf(HashedFile... files) {
        return inFolder(folder -> {
            try (HashCache cache = HashCache.open(folder)) {
                for (HashedFile hashed : files) {
                    cache.put(hashed == HASHED ? PLACE : Path.of("/other"), identity(hashed), hashed);
                }
            }
            return Files.readAllBytes(folder.resolve(HashCache.FILE_NAME));
        });
    }

    /** Opens a cache of these bytes, uses it, and tells what it knows of {@link #PLACE}. */
    private static HashedFile withCacheOf(byte[] bytes) {
        return inFolder(folder -> {
            Files.write(folder.resolve(HashCache.FILE_NAME), bytes);
            HashedFile added = TestFiles.hashed(new byte[20]);
            Path path = Path.of("/added");
            HashedFile found;
            try (HashCache cache = HashCache.open(folder)) {
                found = cache.find(PLACE, identity(HASHED));
                assertThat(cache.put(path, identity(added), added)).isTrue();
                assertThat(cache.find(path, identity(added))).isEqualTo(added);
            }
            try (HashCache cache = HashCache.open(folder)) {
                assertThat(cache.find(path, identity(added))).isEqualTo(added);
            }
            return found;
        });
    }

    private interface Use<T> {
        T of(Path folder) throws IOException;
    }

    private static <T> T inFolder(Use<T> use) {
        try {
            Path folder = Files.createTempDirectory("p101-fuzz");
            try {
                return use.of(folder);
            } finally {
                Files.deleteIfExists(folder.resolve(HashCache.FILE_NAME));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
