package p101.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import p101.model.Root;

/** The root of a file: against another program's figures, and against a naive way to compute it. */
class PiecesRootTest {
    private static final Path KNOWN = Path.of("testdata/roots/libtorrent-2.0.8.txt");

    record Known(String kind, long size, Root root) {
        static Known parse(String line) {
            String[] words = line.split(" ");
            return new Known(words[0], Long.parseLong(words[1]), Root.parse(words[2]));
        }
    }

    static List<Known> known() throws IOException {
        try (Stream<String> lines = Files.lines(KNOWN)) {
            return lines.filter(line -> !line.startsWith("#")).map(Known::parse).toList();
        }
    }

    static Stream<Known> knownPatterns() throws IOException {
        return known().stream().filter(known -> known.kind().equals("pattern"));
    }

    static Stream<Known> knownZeros() throws IOException {
        return known().stream().filter(known -> known.kind().equals("zero"));
    }

    @ParameterizedTest
    @MethodSource("knownPatterns")
    void aFileHasTheRootThatBitTorrentGivesIt(Known known, @TempDir Path folder) throws IOException {
        byte[] bytes = TestFiles.pattern((int) known.size());
        Path file = TestFiles.write(folder.resolve("file"), bytes);
        assertThat(HashedFile.of(file, done -> {}).content().root()).isEqualTo(known.root());
        assertThat(TestFiles.hashed(bytes).content().root()).isEqualTo(known.root());
    }

    /** Files of zeros above 2 GiB, where pieces grow: two pieces are hashed and stand for all. */
    @ParameterizedTest
    @MethodSource("knownZeros")
    void aLargeFileHasTheRootThatBitTorrentGivesIt(Known known) {
        Geometry geometry = new Geometry(known.size());
        byte[] hashes = new byte[geometry.pieceCount() * Root.BYTES];
        Root full = zeroPiece(geometry, 0);
        for (int piece = 0; piece < geometry.pieceCount(); piece++) {
            full.write(ByteBuffer.wrap(hashes), piece * Root.BYTES);
        }
        int last = geometry.pieceCount() - 1;
        zeroPiece(geometry, last).write(ByteBuffer.wrap(hashes), last * Root.BYTES);
        assertThat(PieceHashes.of(hashes).foldedRoot(geometry)).isEqualTo(known.root());
    }

    private static Root zeroPiece(Geometry geometry, int piece) {
        PieceHasher hasher = new PieceHasher();
        hasher.update(ByteBuffer.allocate((int) geometry.pieceLength(piece)));
        return hasher.finishPiece(geometry, piece);
    }

    @Test
    void anEmptyFileHasTheHashOfNothing(@TempDir Path folder) throws IOException {
        Path file = TestFiles.write(folder.resolve("empty"), new byte[0]);
        Root root = Root.parse("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(HashedFile.of(file, done -> {}).content().root()).isEqualTo(root);
        assertThat(Merkle.EMPTY_ROOT).isEqualTo(root);
    }

    /** The test values of spec/PDU.md, section 6.1. */
    @Test
    void theValuesOfTheSpecificationHold() {
        byte[] counting = new byte[1_000_000];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) (i % 251);
        }
        assertRoot("abc".getBytes(UTF_8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertRoot(new byte[16_384], "4fe7b59af6de3b665b67788cc2f99892ab827efae3a467342b3bb4e3bc8e5bfe");
        assertRoot(new byte[16_385], "477e14ff3453ec4ec3855f8753cb07288aade5618a473ccc2ab1208886e460ec");
        assertRoot(new byte[49_152], "1cb5a249f6e721060aae623d21d3eca23056bda8c19e4e89f9a086151553713d");
        assertRoot(counting, "c6ba179eeb6d3fa33dd2f92a78d90d91d8230efcfb2c565375c85bf9e1e674cd");
    }

    private static void assertRoot(byte[] bytes, String root) {
        assertThat(TestFiles.hashed(bytes).content().root()).hasToString(root);
    }

    static IntStream sizesAroundLeavesAndPieces() {
        return IntStream.iterate(0, unit -> unit <= 20 * 16_384, unit -> unit + 16_384)
                .flatMap(unit -> IntStream.rangeClosed(unit - 2, unit + 2))
                .filter(size -> size >= 0);
    }

    @ParameterizedTest
    @MethodSource("sizesAroundLeavesAndPieces")
    void agreesWithTheNaiveTree(int size) {
        byte[] bytes = TestFiles.pattern(size);
        HashedFile hashed = TestFiles.hashed(bytes);
        assertThat(hashed.content().root()).isEqualTo(TestFiles.naiveRoot(bytes));
        assertThat(hashed.pieces().isOf(hashed.content())).isTrue();
    }

    @Test
    void portionsOfAnySizeGiveTheSameHash() {
        byte[] bytes = TestFiles.pattern(65_536);
        Geometry geometry = new Geometry(bytes.length);
        Root expected = TestFiles.naiveRoot(bytes);
        SplittableRandom random = new SplittableRandom(5);
        PieceHasher hasher = new PieceHasher();
        for (int round = 0; round < 200; round++) {
            ByteBuffer all = round % 2 == 0
                    ? ByteBuffer.wrap(bytes)
                    : ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            int largest = 1 + random.nextInt(40_000);
            while (all.hasRemaining()) {
                int portion = Math.min(all.remaining(), random.nextInt(largest + 1));
                hasher.update(all.slice(all.position(), portion));
                all.position(all.position() + portion);
            }
            assertThat(hasher.finishPiece(geometry, 0)).isEqualTo(expected);
        }
    }

    @Test
    void aPieceOfTheWrongLengthIsRefusedAndForgotten() {
        Geometry geometry = new Geometry(65_536);
        PieceHasher hasher = new PieceHasher();
        hasher.update(ByteBuffer.allocate(65_535));
        assertThatThrownBy(() -> hasher.finishPiece(geometry, 0)).isInstanceOf(IllegalStateException.class);
        hasher.update(ByteBuffer.wrap(TestFiles.pattern(65_536)));
        assertThat(hasher.finishPiece(geometry, 0)).isEqualTo(TestFiles.naiveRoot(TestFiles.pattern(65_536)));
    }

    @Test
    void hashesAFileOfManyRangesWithProgress(@TempDir Path folder) throws IOException {
        byte[] bytes = TestFiles.pattern(20_000_001);
        AtomicLong most = new AtomicLong();
        HashedFile hashed = HashedFile.of(
                TestFiles.write(folder.resolve("large"), bytes), done -> most.accumulateAndGet(done, Math::max));
        assertThat(hashed).isEqualTo(TestFiles.hashed(bytes));
        assertThat(hashed.content().root()).isEqualTo(TestFiles.naiveRoot(bytes));
        assertThat(most).hasValue(bytes.length);
    }

    @Test
    void refusesAFolder(@TempDir Path folder) {
        assertThatThrownBy(() -> HashedFile.of(folder, done -> {})).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> HashedFile.of(folder.resolve("none"), done -> {}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void everyWrongHashFoldsToAnotherRoot() {
        HashedFile hashed = TestFiles.hashed(TestFiles.pattern(400_000));
        byte[] layer = new byte[hashed.pieces().count() * Root.BYTES];
        hashed.pieces().putTo(ByteBuffer.wrap(layer));
        for (int bit = 0; bit < layer.length * 8; bit++) {
            byte[] mutant = layer.clone();
            mutant[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(PieceHashes.of(mutant).isOf(hashed.content())).isFalse();
        }
    }
}
