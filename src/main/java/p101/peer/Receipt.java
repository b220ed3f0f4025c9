package p101.peer;

/**
 * What an index said when it accepted an R or a T.
 *
 * @param tx of the request, unsigned
 * @param leaseSeconds how long the owner lives without a further R
 * @param heldRows rows that the index holds for the owner
 * @param txSum the sum of their tx, modulo 2^32
 * @param alone whether no other R or T was outstanding between the first send and the answer: only then can
 *     {@code heldRows} and {@code txSum} be compared with what the peer expects
 */
record Receipt(int tx, int leaseSeconds, int heldRows, int txSum, boolean alone) {}
