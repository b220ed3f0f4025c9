package p101.registry;

import java.util.Arrays;

/**
 * Rows in the order of their ids. Ids only grow, so that a new row goes to the end; a removed one leaves a gap, and gaps are
 * closed when they are more than an eighth. Looking up is a binary search, going on from there a step to the next slot: 12 bytes
 * for each row, where a tree takes 64.
 */
final class IdList {
    private static final int FIRST_CAPACITY = 4;
    private static final int FEW_GAPS = 16;
    private static final int GAP_SHARE = 8;

    private long[] ids = new long[FIRST_CAPACITY];
    private Row[] rows = new Row[FIRST_CAPACITY];
    /** Slots in use, gaps included; the last one is never a gap. */
    private int end;

    private int size;

    int size() {
        return size;
    }

    /** Slots to walk over: 0 to {@code end() - 1}. They are renumbered by {@link #remove}. */
    int end() {
        return end;
    }

    /** The row in a slot; null = a gap. */
    Row row(int slot) {
        return rows[slot];
    }

    /** The id of the row that is, or was, in a slot. */
    long id(int slot) {
        return ids[slot];
    }

    /** Adds a row whose id is greater than all before it. */
    void append(Row row) {
        if (end == ids.length) {
            grow(end + (end >> 1) + FIRST_CAPACITY);
        }
        ids[end] = row.id;
        rows[end] = row;
        end++;
        size++;
    }

    private void grow(int capacity) {
        ids = Arrays.copyOf(ids, capacity);
        rows = Arrays.copyOf(rows, capacity);
    }

    void remove(Row row) {
        int slot = firstAfter(row.id - 1);
        if (slot == end || rows[slot] != row) {
            throw new IllegalStateException("row " + row.id + " is not in the list");
        }
        rows[slot] = null;
        size--;
        while (end > 0 && rows[end - 1] == null) {
            end--;
        }
        if (end - size > size / GAP_SHARE + FEW_GAPS) {
            closeGaps();
        }
    }

    private void closeGaps() {
        int to = 0;
        for (int from = 0; from < end; from++) {
            if (rows[from] != null) {
                ids[to] = ids[from];
                rows[to] = rows[from];
                to++;
            }
        }
        Arrays.fill(rows, to, end, null);
        end = to;
        if (ids.length > 4 * (end + FIRST_CAPACITY)) {
            grow(2 * (end + FIRST_CAPACITY));
        }
    }

    /** The first slot whose id is greater; {@link #end()} when there is none. */
    int firstAfter(long id) {
        int low = 0;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ids[middle] <= id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The row with the greatest id smaller than this one; null when there is none. */
    Row below(long id) {
        int slot = firstAfter(id - 1) - 1;
        while (slot >= 0 && rows[slot] == null) {
            slot--;
        }
        return slot < 0 ? null : rows[slot];
    }
}
