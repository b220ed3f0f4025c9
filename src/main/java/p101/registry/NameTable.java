package p101.registry;

import java.util.List;
import p101.model.FileName;
import p101.model.Randomness;

/**
 * The holders of each file name. Open addressing in flat arrays, because waiting for memory that is not in the cache is close
 * to half of a search: hash, name and holders are fetched at the same time, where the JDK's tables go from one to the next.
 * 12 bytes for each slot, of which 3/8 to 3/4 are taken.
 *
 * <p>Names come from anybody. So the hash is multilinear with secret factors: any two names have the same 32 bits with a chance of
 * 2^-32, and nobody can pick names that meet. Under the lock of its registry.
 */
final class NameTable {
    private static final int FIRST_CAPACITY = 16;
    private static final int MOST_PREFETCHED = 32;

    private final long[] factors = new long[FileName.MAX_LABEL_BYTES];
    private final long firstTerm;

    /** Of the name in the same slot. */
    private int[] hashes = new int[FIRST_CAPACITY];

    private String[] names = new String[FIRST_CAPACITY];
    /** Null = a free slot. */
    private Holders[] holders = new Holders[FIRST_CAPACITY];

    private int size;

    private final int[] prefetched = new int[MOST_PREFETCHED];
    /** Means nothing: what no result depends on would not be read. */
    private int prefetchSum;

    NameTable(Randomness randomness) {
        for (int i = 0; i < factors.length; i++) {
            factors[i] = randomness.nextLong();
        }
        firstTerm = randomness.nextLong();
    }

    /** The holders of a name; null when there are none. */
    Holders get(FileName file) {
        String name = file.value();
        return name.length() > factors.length ? null : holders[slot(name, hash(name))];
    }

    /**
     * Reads what {@link #get} will read for each of these names. The processor waits for many such reads at once as long as none
     * needs the result of another: so first all hashes, then all slots, then what lies behind them.
     */
    void prefetch(List<FileName> files) {
        int count = Math.min(files.size(), MOST_PREFETCHED);
        for (int i = 0; i < count; i++) {
            String name = files.get(i).value();
            prefetched[i] = name.length() > factors.length ? 0 : hash(name) & holders.length - 1;
        }
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int slot = prefetched[i];
            sum += hashes[slot] + (names[slot] == null ? 1 : 0) + (holders[slot] == null ? 1 : 0);
        }
        for (int i = 0; i < count; i++) {
            int slot = prefetched[i];
            sum += names[slot] == null ? 0 : names[slot].length();
            sum += holders[slot] instanceof Row row ? row.tx : 0;
        }
        prefetchSum = sum;
    }

    /** Sets the holders of a name that a PDU can carry. */
    void put(FileName file, Holders ofName) {
        String name = file.value();
        int hash = hash(name);
        int slot = slot(name, hash);
        if (holders[slot] == null) {
            if (size >= holders.length - holders.length / 4) {
                grow();
                slot = slot(name, hash);
            }
            size++;
            hashes[slot] = hash;
            names[slot] = name;
        }
        holders[slot] = ofName;
    }

    /** Removes a name, if it is there. */
    void remove(FileName file) {
        String name = file.value();
        int hole = slot(name, hash(name));
        if (holders[hole] == null) {
            return;
        }
        size--;
        // What lies behind moves up, unless it would then lie before the slot where a search for it begins.
        int mask = holders.length - 1;
        for (int slot = hole + 1 & mask; holders[slot] != null; slot = slot + 1 & mask) {
            int distance = slot - home(slot) & mask;
            if (distance >= (slot - hole & mask)) {
                move(slot, hole);
                hole = slot;
            }
        }
        names[hole] = null;
        holders[hole] = null;
    }

    private int home(int slot) {
        return hashes[slot] & holders.length - 1;
    }

    private void move(int from, int to) {
        hashes[to] = hashes[from];
        names[to] = names[from];
        holders[to] = holders[from];
    }

    /** The slot of a name, or the free one where it belongs. */
    private int slot(String name, int hash) {
        int mask = holders.length - 1;
        int slot = hash & mask;
        while (holders[slot] != null && !(hashes[slot] == hash && names[slot].equals(name))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldHashes = hashes;
        String[] oldNames = names;
        Holders[] oldHolders = holders;
        int capacity = 2 * holders.length;
        hashes = new int[capacity];
        names = new String[capacity];
        holders = new Holders[capacity];
        for (int old = 0; old < oldHolders.length; old++) {
            if (oldHolders[old] != null) {
                int slot = oldHashes[old] & capacity - 1;
                while (holders[slot] != null) {
                    slot = slot + 1 & capacity - 1;
                }
                hashes[slot] = oldHashes[old];
                names[slot] = oldNames[old];
                holders[slot] = oldHolders[old];
            }
        }
    }

    /** A name has no NUL: so a shorter one counts as filled up with zeros, and stays different from all others. */
    private int hash(String name) {
        long sum = firstTerm;
        for (int i = 0; i < name.length(); i++) {
            sum += factors[i] * name.charAt(i);
        }
        return spread((int) (sum >>> Integer.SIZE));
    }

    /** One to one (the finisher of MurmurHash3): numbered names would otherwise lie at even steps, and some of them close together. */
    private static int spread(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85EBCA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
        return mixed ^ mixed >>> 16;
    }
}
