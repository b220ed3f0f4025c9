package p101.index;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import p101.pdu.ErrorCode;
import p101.pdu.PduReason;
import p101.pdu.PduType;

/**
 * What one thread of an index does, counted. One thread adds, any thread reads: so that adding needs no locked instruction, which
 * would make the thread wait for all that it is fetching from memory.
 */
final class IndexCounters {
    private static final int DROPS = PduType.values().length;
    private static final int ERRORS = DROPS + DropReason.values().length;
    private static final int WRONG_COOKIES = ERRORS + ErrorCode.values().length;
    private static final int SEND_FAILURES = WRONG_COOKIES + 1;
    private static final int RECEIVE_FAILURES = SEND_FAILURES + 1;
    private static final int FAILURES = RECEIVE_FAILURES + 1;

    private final AtomicLongArray counts = new AtomicLongArray(FAILURES + 1);

    private void add(int counter) {
        counts.setOpaque(counter, counts.getPlain(counter) + 1);
    }

    /** A request came, or an answer went. */
    void pdu(PduType type) {
        add(type.ordinal());
    }

    void dropped(DropReason reason) {
        add(DROPS + reason.ordinal());
    }

    void dropped(PduReason reason) {
        dropped(
                switch (reason) {
                    case LENGTH -> DropReason.LENGTH;
                    case VERSION -> DropReason.VERSION;
                    case DIRECTION -> DropReason.DIRECTION;
                    default -> DropReason.TYPE;
                });
    }

    void error(ErrorCode code) {
        add(ERRORS + code.ordinal());
    }

    void wrongCookie() {
        add(WRONG_COOKIES);
    }

    void sendFailed() {
        add(SEND_FAILURES);
    }

    void receiveFailed() {
        add(RECEIVE_FAILURES);
    }

    /** A datagram was not handled because of a mistake in the program. */
    void failed() {
        add(FAILURES);
    }

    /** The sums over all threads. */
    static IndexSnapshot snapshot(List<IndexCounters> threads, IndexSnapshot.Size size, long kernelDrops) {
        long[] sums = new long[FAILURES + 1];
        for (IndexCounters thread : threads) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += thread.counts.getOpaque(i);
            }
        }
        return new IndexSnapshot(
                byKey(PduType.class, sums, 0),
                byKey(DropReason.class, sums, DROPS),
                byKey(ErrorCode.class, sums, ERRORS),
                sums[WRONG_COOKIES],
                sums[SEND_FAILURES],
                sums[RECEIVE_FAILURES],
                sums[FAILURES],
                kernelDrops,
                size);
    }

    private static <E extends Enum<E>> Map<E, Long> byKey(Class<E> keys, long[] sums, int first) {
        Map<E, Long> byKey = new EnumMap<>(keys);
        for (E key : keys.getEnumConstants()) {
            if (sums[first + key.ordinal()] > 0) {
                byKey.put(key, sums[first + key.ordinal()]);
            }
        }
        return byKey;
    }
}
