package p101.registry;

import java.util.Arrays;

/**
 * The rows of one owner as a binary heap, the smallest tx first: T-all takes the older rows from its top and touches no other,
 * in whatever order they came. 8 bytes for each row: the tx lie beside, so that comparing does not fetch the rows.
 */
final class TxHeap {
    private static final Row[] NO_ROWS = {};
    private static final int[] NO_TX = {};
    private static final int FIRST_CAPACITY = 4;

    private Row[] rows = NO_ROWS;
    private int[] txs = NO_TX;
    private int size;

    int size() {
        return size;
    }

    /** The row with the smallest tx; null when there is none. */
    Row first() {
        return size == 0 ? null : rows[0];
    }

    /** Any row that is cheap to take; null when there is none. */
    Row last() {
        return size == 0 ? null : rows[size - 1];
    }

    void add(Row row) {
        if (size == rows.length) {
            resize(size + (size >> 1) + FIRST_CAPACITY);
        }
        size++;
        siftUp(row, size - 1);
    }

    void remove(Row row) {
        int hole = row.heapIndex;
        size--;
        Row moved = rows[size];
        rows[size] = null;
        row.heapIndex = -1;
        if (moved != row) {
            settle(moved, hole);
        }
        if (rows.length > 4 * (size + FIRST_CAPACITY)) {
            resize(2 * (size + FIRST_CAPACITY));
        }
    }

    private void resize(int capacity) {
        rows = Arrays.copyOf(rows, capacity);
        txs = Arrays.copyOf(txs, capacity);
    }

    /** Puts a row whose tx has changed where it belongs. */
    void update(Row row) {
        settle(row, row.heapIndex);
    }

    private void settle(Row row, int hole) {
        if (hole > 0 && isSmaller(row.tx, txs[(hole - 1) >>> 1])) {
            siftUp(row, hole);
        } else {
            siftDown(row, hole);
        }
    }

    private void siftUp(Row row, int start) {
        int hole = start;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!isSmaller(row.tx, txs[parent])) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        place(row, hole);
    }

    private void siftDown(Row row, int start) {
        int hole = start;
        int child = 2 * hole + 1;
        while (child < size) {
            if (child + 1 < size && isSmaller(txs[child + 1], txs[child])) {
                child++;
            }
            if (!isSmaller(txs[child], row.tx)) {
                break;
            }
            move(child, hole);
            hole = child;
            child = 2 * hole + 1;
        }
        place(row, hole);
    }

    private void place(Row row, int index) {
        rows[index] = row;
        txs[index] = row.tx;
        row.heapIndex = index;
    }

    private void move(int from, int to) {
        rows[to] = rows[from];
        txs[to] = txs[from];
        rows[to].heapIndex = to;
    }

    private static boolean isSmaller(int tx, int otherTx) {
        return Integer.compareUnsigned(tx, otherTx) < 0;
    }
}
