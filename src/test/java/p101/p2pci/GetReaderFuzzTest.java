package p101.p2pci;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import p101.testing.Fuzzing;

/** Whatever an uploading program sends, in whatever pieces: the same content comes out of it, or the same refusal. */
class GetReaderFuzzTest {
    private static final String[] LINES = {
        "P2P-CI/1.0 200 OK",
        "P2P-CI/1.0 404 Not Found",
        "Date: d",
        "Data: d",
        "OS: o",
        "Last-Modified: l",
        "Content-Length: 5",
        "Content-Length: 99999999999999999999",
        "Content-Length: -1",
        "Content-Type: text/plain",
        "",
        "X: y",
        "hello"
    };

    /** Any bytes; the first one seeds the pieces. */
    @FuzzTest
    void raw(byte[] data) {
        Fuzzing.seeded(data, Integer.MAX_VALUE, GetReaderFuzzTest::check);
    }

    /** Answers that are nearly right. */
    @FuzzTest
    void typed(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        long seed = data.consumeLong();
        StringBuilder answer = new StringBuilder("P2P-CI/1.0 200 OK\n");
        while (data.remainingBytes() > 0) {
            answer.append(data.consumeInt(0, 9) == 0 ? data.consumeString(20) : data.pickValue(LINES));
            answer.append(data.consumeBoolean() ? "\n" : "\r\n");
        }
        check(answer.toString().getBytes(StandardCharsets.UTF_8), seed);
    }

    private static void check(byte[] answer, long seed) {
        String whole = read(answer, new SplittableRandom(0), Integer.MAX_VALUE);
        String pieces = read(answer, new SplittableRandom(seed), 7);
        if (!whole.equals(pieces)) {
            throw new AssertionError("the pieces changed what came out");
        }
    }

    private static String read(byte[] answer, SplittableRandom random, int most) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        GetReader reader = new GetReader(part -> {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            content.writeBytes(copy);
        });
        try {
            for (int at = 0; at < answer.length; ) {
                int count = Math.min(answer.length - at, 1 + random.nextInt(most));
                ByteBuffer in = ByteBuffer.wrap(answer, at, count);
                reader.read(in);
                at += count;
            }
            GetReader.End end = reader.end();
            if (end.size() != content.size() + end.prefix().length) {
                throw new AssertionError("the size is not what came");
            }
            return reader.code().orElseThrow()
                    + Arrays.toString(end.prefix())
                    + content.toString(StandardCharsets.ISO_8859_1)
                    + end.note();
        } catch (BadUploadException refused) {
            return "refused";
        }
    }
}
