package p101.fetch;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * How several downloaders of one content divide it without talking: each group of pieces belongs to the name with the highest
 * hash of (name, group). All that know the same names find the same division, and one name more or less moves only its share.
 * So a source that has everything sends each piece once, and the rest goes from downloader to downloader.
 */
final class Slices {
    /** Pieces that are given away together. */
    static final int GROUP_PIECES = 4;

    private final BitSet mine = new BitSet();
    private List<String> others = List.of();

    /** Divides anew when the names changed. Without others everything is ours. */
    void divide(String self, Collection<String> otherNames, int pieceCount) {
        List<String> sorted = otherNames.stream()
                .filter(name -> !name.equals(self))
                .distinct()
                .sorted()
                .toList();
        if (sorted.equals(others)) {
            return;
        }
        others = sorted;
        mine.clear();
        int groups = (pieceCount + GROUP_PIECES - 1) / GROUP_PIECES;
        for (int group = 0; group < groups; group++) {
            mine.set(group, isOurs(self, group));
        }
    }

    private boolean isOurs(String self, int group) {
        long ours = weight(self, group);
        for (String other : others) {
            if (Long.compareUnsigned(weight(other, group), ours) > 0) {
                return false;
            }
        }
        return true;
    }

    boolean isMine(int piece) {
        return others.isEmpty() || mine.get(piece / GROUP_PIECES);
    }

    /** Mixes well enough that neighbouring groups and similar names are independent (the finaliser of SplittableRandom). */
    private static long weight(String name, int group) {
        long z = name.hashCode() * 0x9E3779B97F4A7C15L + group * 0xD1B54A32D192ED03L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
