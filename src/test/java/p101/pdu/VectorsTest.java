package p101.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden vectors, which no encoder of ours made, both ways; and a decoder in another language agrees with them. */
class VectorsTest {
    private static final int PYTHON_SECONDS = 60;

    static List<Vector> valid() {
        return Vector.all("valid");
    }

    static List<Vector> malformed() {
        return Vector.all("malformed");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidVectorDecodesToWhatItSaysAndBack(Vector vector) throws PduException {
        Pdu pdu = PduCodec.decode(vector.channel(), ByteBuffer.wrap(vector.bytes()));
        assertThat(PduFields.of(pdu)).isEqualTo(vector.expected());
        byte[] encoded = new byte[PduLayout.PDU_BYTES];
        PduCodec.encode(pdu, ByteBuffer.wrap(encoded));
        if (vector.told().containsKey("not canonical")) {
            assertThat(encoded).isNotEqualTo(vector.bytes());
            assertThat(PduCodec.decode(vector.channel(), ByteBuffer.wrap(encoded)))
                    .isEqualTo(pdu);
        } else {
            assertThat(encoded).isEqualTo(vector.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedVectorIsRefusedForTheReasonItSays(Vector vector) {
        assertThat(vector.name()).startsWith(vector.told().get("reason").toLowerCase(java.util.Locale.ROOT) + "-");
        assertThatThrownBy(() -> PduCodec.decode(vector.channel(), ByteBuffer.wrap(vector.bytes())))
                .isInstanceOfSatisfying(PduException.class, e -> {
                    assertThat(e.reason().name()).isEqualTo(vector.told().get("reason"));
                    assertThat(e.field().map(PduField::name).orElse(null))
                            .isEqualTo(vector.told().get("field"));
                    assertThat(e.getStackTrace())
                            .as("a flood of rubbish stays cheap")
                            .isEmpty();
                });
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void theExplainerNamesTheSameReason(Vector vector) {
        PduExplainer.Problem problem =
                PduExplainer.explain(vector.channel(), vector.bytes()).problem().orElseThrow();
        assertThat(problem.reason().name()).isEqualTo(vector.told().get("reason"));
    }

    @Test
    void thereIsAVectorForEachTypeReasonAndCode() {
        assertThat(types(valid())).isEqualTo(names(PduType.class));
        assertThat(malformed().stream().map(vector -> vector.told().get("reason")))
                .containsAll(names(PduReason.class));
        Set<String> codes = valid().stream()
                .map(vector -> vector.expected().getOrDefault("code", "1"))
                .collect(Collectors.toSet());
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(codes).contains(Integer.toString(code.code()));
        }
    }

    @Test
    void aDecoderInAnotherLanguageAgrees(@TempDir File folder) throws IOException, InterruptedException {
        File output = new File(folder, "output");
        Process python = startPython(output);
        assertThat(python.waitFor(PYTHON_SECONDS, TimeUnit.SECONDS))
                .as("decode.py ends in time")
                .isTrue();
        String told = new String(java.nio.file.Files.readAllBytes(output.toPath()), StandardCharsets.UTF_8);
        assertThat(python.exitValue()).as(told).isZero();
        int count = valid().size() + malformed().size();
        assertThat(told).contains(count + " of " + count + " vectors are what they say");
    }

    private static Process startPython(File output) throws IOException {
        String script = Vector.FOLDER.resolve("decode.py").toString();
        ProcessBuilder builder = new ProcessBuilder("python3", script);
        builder.environment().put("PYTHONUTF8", "1");
        builder.redirectErrorStream(true).redirectOutput(output);
        try {
            return builder.start();
        } catch (IOException e) {
            Assumptions.abort("python3 is not installed, so the second decoder was not run");
            throw e;
        }
    }

    private static Set<String> types(List<Vector> vectors) {
        return vectors.stream().map(vector -> vector.expected().get("type")).collect(Collectors.toSet());
    }

    private static <E extends Enum<E>> Set<String> names(Class<E> type) {
        return EnumSet.allOf(type).stream().map(Enum::name).collect(Collectors.toSet());
    }
}
