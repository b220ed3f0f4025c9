package p101.peer;

/** What the index should say that it holds for this owner: the number of rows and the sum of their tx, modulo 2^32. */
final class HeldRows {
    private int count;
    private int txSum;

    int count() {
        return count;
    }

    /** The index accepted the row under this tx. */
    void accepted(Row row, int tx) {
        if (row.held) {
            txSum -= row.tx;
        } else {
            count++;
        }
        row.held = true;
        row.tx = tx;
        txSum += tx;
    }

    /** The index holds the row no longer. */
    void gone(Row row) {
        if (row.held) {
            row.held = false;
            count--;
            txSum -= row.tx;
        }
    }

    boolean agreesWith(Receipt receipt) {
        return receipt.heldRows() == count && receipt.txSum() == txSum;
    }
}
