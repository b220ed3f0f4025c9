package p101.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Cuts a segment into the pieces that a receiver may see. */
public enum Splitter {
    WHOLE {
        @Override
        public List<byte[]> split(byte[] bytes) {
            return List.of(bytes);
        }
    },
    BYTE_BY_BYTE {
        @Override
        public List<byte[]> split(byte[] bytes) {
            return pieces(bytes, new Random(0), 1);
        }
    },
    AT_RANDOM {
        @Override
        public List<byte[]> split(byte[] bytes) {
            return pieces(bytes, new Random(bytes.length), 40);
        }
    };

    public abstract List<byte[]> split(byte[] bytes);

    private static List<byte[]> pieces(byte[] bytes, Random random, int most) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(most));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }
}
