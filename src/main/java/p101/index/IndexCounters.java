package p101.index;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import p101.pdu.ErrorCode;
import p101.pdu.PduReason;
import p101.pdu.PduType;

/** What an index does, counted. Safe from any thread; adding never waits. */
final class IndexCounters {
    private final LongAdder[] pdus = adders(PduType.values().length);
    private final LongAdder[] drops = adders(DropReason.values().length);
    private final LongAdder[] errors = adders(ErrorCode.values().length);
    private final LongAdder wrongCookies = new LongAdder();
    private final LongAdder sendFailures = new LongAdder();
    private final LongAdder receiveFailures = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /** A request came, or an answer went. */
    void pdu(PduType type) {
        pdus[type.ordinal()].increment();
    }

    void dropped(DropReason reason) {
        drops[reason.ordinal()].increment();
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
        errors[code.ordinal()].increment();
    }

    void wrongCookie() {
        wrongCookies.increment();
    }

    void sendFailed() {
        sendFailures.increment();
    }

    void receiveFailed() {
        receiveFailures.increment();
    }

    /** A datagram was not handled because of a mistake in the program. */
    void failed() {
        failures.increment();
    }

    IndexSnapshot snapshot(IndexSnapshot.Size size, long kernelDrops) {
        return new IndexSnapshot(
                sums(PduType.class, type -> pdus[type.ordinal()]),
                sums(DropReason.class, reason -> drops[reason.ordinal()]),
                sums(ErrorCode.class, code -> errors[code.ordinal()]),
                wrongCookies.sum(),
                sendFailures.sum(),
                receiveFailures.sum(),
                failures.sum(),
                kernelDrops,
                size);
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Class<E> keys, Function<E, LongAdder> adders) {
        Map<E, Long> sums = new EnumMap<>(keys);
        for (E key : keys.getEnumConstants()) {
            long sum = adders.apply(key).sum();
            if (sum > 0) {
                sums.put(key, sum);
            }
        }
        return sums;
    }
}
