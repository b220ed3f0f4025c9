package p101.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.Content;
import p101.model.FileName;

class ManifestTest {
    private static Manifest manifest(String name, int size) {
        return new Manifest(
                FileName.of(name), TestFiles.hashed(TestFiles.pattern(size)).pieces());
    }

    private static Content content(int size) {
        return TestFiles.hashed(TestFiles.pattern(size)).content();
    }

    private static void assertRefused(byte[] bytes, Content content) {
        assertThatThrownBy(() -> Manifest.decode(ByteBuffer.wrap(bytes), content))
                .isInstanceOf(InvalidManifestException.class);
    }

    @Test
    void theBytesAreThoseOfTheSpecification() {
        assertThat(HexFormat.of().formatHex(manifest("a.txt", 100).encode().array()))
                .isEqualTo("00" + "0005" + "612e747874");
        byte[] two = manifest("نام", 65_537).encode().array();
        assertThat(HexFormat.of().formatHex(two, 0, 9)).isEqualTo("01" + "0006" + "d986d8a7d985");
        assertThat(two).hasSize(9 + 64);
        assertThat(Arrays.copyOfRange(two, 9, 41)).isEqualTo(TestFiles.naiveNode(TestFiles.pattern(65_537), 0, 4));
        assertThat(Arrays.copyOfRange(two, 41, 73)).isEqualTo(TestFiles.naiveNode(TestFiles.pattern(65_537), 4, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_385, 65_536, 65_537, 131_072, 200_000, 1_000_000})
    void comesBackWhole(int size) throws InvalidManifestException {
        String longest = "ش".repeat(127) + "a";
        for (String name : new String[] {"a", "课程.pdf", longest}) {
            Manifest manifest = manifest(name, size);
            ByteBuffer bytes = manifest.encode();
            assertThat(bytes.remaining())
                    .isEqualTo(manifest.encodedLength())
                    .isLessThanOrEqualTo(Manifest.maxLength(size));
            assertThat(Manifest.decode(bytes, content(size))).isEqualTo(manifest);
        }
    }

    /** Every bit of the hashes, every shorter or longer form, and any other size or root: none is taken. */
    @Test
    void noMutantIsAccepted() {
        int size = 200_000;
        Content content = content(size);
        byte[] good = manifest("name.bin", size).encode().array();
        int hashes = 3 + 8;
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] mutant = good.clone();
            mutant[bit / 8] ^= (byte) (1 << bit % 8);
            if (bit / 8 < 3 || bit / 8 >= hashes) {
                assertRefused(mutant, content);
            }
        }
        for (int length = 0; length < good.length; length++) {
            assertRefused(Arrays.copyOf(good, length), content);
        }
        assertRefused(Arrays.copyOf(good, good.length + 1), content);
        assertRefused(good, new Content(content.root(), 65_536));
        assertRefused(good, new Content(content.root(), 131_073));
        assertRefused(good, new Content(content.root(), Content.MAX_SIZE));
        assertRefused(good, content(size + 1));
        assertRefused(good, new Content(Merkle.EMPTY_ROOT, 0));
    }

    @Test
    void anEmptyFileHasNoOtherRootThanTheHashOfNothing() {
        byte[] manifest = manifest("a", 0).encode().array();
        assertRefused(manifest, new Content(content(1).root(), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "..", "a\nb", "C:x", "con.txt", ".hidden", "a\u202Eb", "a\u0000"})
    void hostileNamesAreRefused(String name) {
        byte[] text = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] bytes = new byte[3 + text.length];
        bytes[2] = (byte) text.length;
        System.arraycopy(text, 0, bytes, 3, text.length);
        assertRefused(bytes, content(10));
    }

    @Test
    void brokenUtf8IsRefused() {
        assertRefused(new byte[] {0, 0, 2, (byte) 0xC0, (byte) 0xAF}, content(10));
        assertRefused(new byte[] {0, 0, 3, (byte) 0xED, (byte) 0xA0, (byte) 0x80}, content(10));
        assertRefused(new byte[] {0, 0, 0}, content(10));
    }

    @Test
    void aClaimedLargeFileMakesNoRoomBeforeTheLengthIsChecked() {
        byte[] tiny = {1, 0, 1, 'a', 0, 0};
        long before = allocated();
        for (int i = 0; i < 10; i++) {
            assertRefused(tiny, new Content(content(10).root(), Content.MAX_SIZE));
        }
        assertThat(allocated() - before).isLessThan(10 * 65_536 * 2);
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
