package p101.content;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import p101.loop.CloseReason;
import p101.pdu.ErrorCode;

/** Where the loop's thread counts and others read. */
final class ContentTally {
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong closedIdle = new AtomicLong();
    private final AtomicLong closedSlow = new AtomicLong();
    private final AtomicLong closedProtocol = new AtomicLong();
    private final AtomicLong buffersTaken = new AtomicLong();
    private final Map<ErrorCode, AtomicLong> refusals = new EnumMap<>(ErrorCode.class);

    ContentTally() {
        for (ErrorCode code : ErrorCode.values()) {
            refusals.put(code, new AtomicLong());
        }
    }

    void opened() {
        add(opened, 1);
    }

    void closed(CloseReason reason) {
        add(closed, 1);
        switch (reason) {
            case IDLE -> add(closedIdle, 1);
            case TOO_SLOW -> add(closedSlow, 1);
            default -> {}
        }
    }

    void protocolBroken() {
        add(closedProtocol, 1);
    }

    void request() {
        add(requests, 1);
    }

    void sent(int bytes) {
        add(bytesSent, bytes);
    }

    void refusal(ErrorCode code) {
        add(refusals.get(code), 1);
    }

    void bufferTaken() {
        add(buffersTaken, 1);
    }

    /**
     * @param refused connections that the port refused, which it counts itself
     */
    ContentCounters snapshot(long refused) {
        Map<ErrorCode, Long> sentRefusals = new EnumMap<>(ErrorCode.class);
        refusals.forEach((code, count) -> {
            if (count.getAcquire() > 0) {
                sentRefusals.put(code, count.getAcquire());
            }
        });
        long closedNow = closed.getAcquire();
        long openedNow = opened.getAcquire();
        return new ContentCounters(
                openedNow - closedNow,
                openedNow,
                refused,
                requests.getAcquire(),
                bytesSent.getAcquire(),
                closedIdle.getAcquire(),
                closedSlow.getAcquire(),
                closedProtocol.getAcquire(),
                buffersTaken.getAcquire(),
                sentRefusals);
    }

    /** One writer, so no locked instruction is needed. */
    private static void add(AtomicLong counter, long amount) {
        counter.setRelease(counter.getPlain() + amount);
    }
}
