package p101.direct;

import java.nio.ByteBuffer;

/**
 * Which chunk goes out next, and when: what has arrived, what is lost, what the window allows. A chunk counts as lost when a
 * datagram that was sent later has arrived and more time has passed than datagrams overtake each other by (RFC 8985), never
 * because a timer ran out: so nearly nothing is sent twice that need not be. spec/DIRECT.md, section 5. One thread.
 */
final class Flight {
    /** As long as nothing has come out of order, so many later arrivals prove a loss. */
    private static final int LATER_ARRIVALS = 3;

    private static final int SILENT_PROBES = 3;
    private static final long LEAST_REORDER_NANOS = 1_000_000L;
    private static final long MOST_NUMBER = 0xFFFF_FFFFL;

    private final ChunkPlan plan;
    private final int flightBytes;
    private final RoundTrip roundTrip;
    private final CongestionWindow window = new CongestionWindow();
    private final Pacer pacer = new Pacer();
    private final SentLog log = new SentLog();
    private final ChunkStates chunks = new ChunkStates();

    private int limit;
    private int nextNew;
    private long newestArrived;
    private long lossEpisodeEnd;
    private long episodeLosses;
    private boolean reordered;

    /** Whether a chunk has arrived that not every path carries. */
    private boolean largeArrived;

    private int reorderSteps = 1;
    /** Whether the last chunk that could go out was held back by window or pacing, and by nothing else. */
    private boolean heldBack;

    /** When something was sent, or arrived, last: a probe comes so long after that. */
    private long lastMoveNanos;

    private long lossCheckNanos;
    private boolean lossCheckSet;
    private int probes;
    private boolean probeDue;
    private long socketFullUntilNanos;
    private boolean socketFull;
    private long doneBytes;

    Flight(ChunkPlan plan, int flightBytes, int limit, RoundTrip roundTrip, long nowNanos) {
        this.plan = plan;
        this.flightBytes = flightBytes;
        this.limit = Math.min(limit, plan.count());
        this.roundTrip = roundTrip;
        this.lastMoveNanos = nowNanos;
        this.socketFullUntilNanos = nowNanos;
    }

    ChunkPlan plan() {
        return plan;
    }

    /** The number of the datagram to come. */
    long nextNumber() {
        return log.next();
    }

    /** Bytes of the content that are known to be at the receiver, as far as the first gap and beyond it. */
    long doneBytes() {
        return doneBytes;
    }

    /** To be asked when the receiver has spoken: whether no large chunk ever reached it, and several probes in a row did not either. */
    boolean isTooNarrow() {
        return plan.chunkBytes() > DirectLimits.SAFE_CHUNK_BYTES && !largeArrived && probes >= SILENT_PROBES;
    }

    // ---- arrivals ----

    /**
     * @return whether it told something new
     */
    boolean onAck(DirectDatagram.Ack ack, long nowNanos) {
        int count = plan.count();
        long bits = (long) ack.bitmap().remaining() * Byte.SIZE;
        if (ack.cumulative() > count
                || ack.newest() >= log.next()
                || bits > 0 && ack.cumulative() + bits - 7 > count + 1L) {
            return false;
        }
        limit = Math.max(limit, Math.min(ack.limit(), count));
        int before = chunks.cumulative();
        long previousNewest = newestArrived;
        sample(ack, nowNanos);
        int arrived = markBelow(ack, previousNewest) + markBitmap(ack, previousNewest);
        if (ack.cumulative() > before) {
            chunks.advance(ack.cumulative());
            nextNew = Math.max(nextNew, ack.cumulative());
        }
        if (arrived > 0) {
            probes = 0;
            probeDue = false;
            lastMoveNanos = nowNanos;
            window.onAcked(arrived, heldBack, roundTrip, nowNanos);
        }
        findLosses(nowNanos);
        return arrived > 0 || chunks.cumulative() > before;
    }

    private void sample(DirectDatagram.Ack ack, long nowNanos) {
        if (ack.newest() > newestArrived) {
            if (log.knows(ack.newest())) {
                long nanos = nowNanos - log.sentNanos(ack.newest()) - ack.delayMicros() * 1_000;
                if (nanos > 0) {
                    roundTrip.onSample(nanos);
                    window.onSample(ack.newest(), log.next(), nanos);
                }
            }
            newestArrived = ack.newest();
        }
    }

    private int markBelow(DirectDatagram.Ack ack, long previousNewest) {
        int arrived = 0;
        long end = Math.min(ack.cumulative(), (long) chunks.cumulative() + DirectLimits.HORIZON_CHUNKS);
        for (int chunk = chunks.cumulative(); chunk < end; chunk++) {
            arrived += mark(chunk, ack, previousNewest);
        }
        if (ack.cumulative() > end) {
            doneBytes += plan.contentBytes((int) end, ack.cumulative());
        }
        return arrived;
    }

    private int markBitmap(DirectDatagram.Ack ack, long previousNewest) {
        ByteBuffer bitmap = ack.bitmap();
        int arrived = 0;
        for (int i = 0; i < bitmap.remaining(); i++) {
            int bits = bitmap.get(bitmap.position() + i) & 0xFF;
            for (int bit = 0; bits != 0; bit++, bits = bits << 1 & 0xFF) {
                int chunk = ack.cumulative() + 1 + i * Byte.SIZE + bit;
                if ((bits & 0x80) != 0 && chunk < plan.count() && chunks.covers(chunk)) {
                    arrived += mark(chunk, ack, previousNewest);
                }
            }
        }
        return arrived;
    }

    /** One chunk is there. */
    private int mark(int chunk, DirectDatagram.Ack ack, long previousNewest) {
        byte state = chunks.state(chunk);
        if (state == ChunkStates.HERE) {
            return 0;
        }
        count(chunk);
        if (state == ChunkStates.ON_ITS_WAY || state == ChunkStates.LOST) {
            largeArrived |= plan.length(chunk) > DirectLimits.SAFE_CHUNK_BYTES;
            boolean late = chunks.lastNumber(chunk) < previousNewest && !chunks.wasResent(chunk);
            boolean inVain = chunks.wasResent(chunk) && chunks.lastNumber(chunk) > ack.newest();
            if (late || inVain || state == ChunkStates.LOST) {
                reordered = true;
            }
            if (inVain || state == ChunkStates.LOST) {
                onLostInVain(chunk);
            }
        }
        return chunks.onHere(chunk) ? 1 : 0;
    }

    private void count(int chunk) {
        if (!plan.isManifest(chunk)) {
            doneBytes += plan.length(chunk);
        }
    }

    /** It had only been slow: wait longer before the next one is taken for lost. */
    private void onLostInVain(int chunk) {
        reorderSteps = Math.min(16, reorderSteps + 1);
        if (episodeLosses > 0 && --episodeLosses == 0) {
            window.onLossWasNone();
        }
    }

    private long reorderNanos() {
        long step = Math.max(LEAST_REORDER_NANOS, roundTrip.leastNanos() / 4);
        return Math.min(reorderSteps * step, Math.max(step, roundTrip.smoothedNanos()));
    }

    private void findLosses(long nowNanos) {
        lossCheckSet = false;
        if (!log.knows(newestArrived)) {
            return;
        }
        long patience = Math.max(roundTrip.latestNanos(), roundTrip.smoothedNanos()) + reorderNanos();
        int lostNew = 0;
        for (long number = log.oldest(); number < newestArrived; number++) {
            int chunk = log.chunk(number);
            boolean open = chunks.covers(chunk)
                    && chunks.state(chunk) == ChunkStates.ON_ITS_WAY
                    && chunks.lastNumber(chunk) == number;
            if (open) {
                long lostAt = log.sentNanos(number) + patience;
                boolean overtaken = !reordered && newestArrived - number >= LATER_ARRIVALS;
                if (!overtaken && lostAt - nowNanos > 0) {
                    lossCheckSet = true;
                    lossCheckNanos = lostAt;
                    break;
                }
                chunks.onLost(chunk);
                lostNew += number >= lossEpisodeEnd ? 1 : 0;
            }
            if (number == log.oldest()) {
                log.forgetOldest();
            }
        }
        if (lostNew > 0) {
            window.onLoss(roundTrip);
            lossEpisodeEnd = log.next();
            episodeLosses = lostNew;
        }
    }

    // ---- what goes out ----

    /** The chunk to be sent now; -1 = none. */
    int next(long nowNanos) {
        heldBack = false;
        int chunk = candidate();
        if (probeDue) {
            chunk = chunk < 0 ? firstOnItsWay() : chunk;
            return isSocketFull(nowNanos) ? -1 : chunk;
        }
        if (chunk < 0 || isSocketFull(nowNanos) || !fitsReceiver()) {
            return -1;
        }
        heldBack = !fitsWindow() || pacer.waitNanos(nowNanos) > 0;
        return heldBack ? -1 : chunk;
    }

    private boolean fitsWindow() {
        return chunks.onTheirWay() < window.chunks();
    }

    /** One chunk may always be on its way, else nothing ever would. */
    private boolean fitsReceiver() {
        return chunks.onTheirWay() == 0 || (chunks.onTheirWay() + 1L) * plan.chunkBytes() <= flightBytes;
    }

    private int candidate() {
        if (!log.hasRoom() || log.next() > MOST_NUMBER) {
            return -1;
        }
        int lost = chunks.nextLost();
        if (lost >= 0) {
            return lost;
        }
        int end = (int) Math.min(limit, (long) chunks.cumulative() + DirectLimits.HORIZON_CHUNKS);
        while (nextNew < end && chunks.state(nextNew) != ChunkStates.UNSENT) {
            nextNew++;
        }
        return nextNew < end ? nextNew : -1;
    }

    private int firstOnItsWay() {
        for (int chunk = chunks.cumulative(); chunk < nextNew; chunk++) {
            if (chunks.state(chunk) == ChunkStates.ON_ITS_WAY) {
                return chunk;
            }
        }
        return -1;
    }

    private boolean isSocketFull(long nowNanos) {
        socketFull &= socketFullUntilNanos - nowNanos > 0;
        return socketFull;
    }

    void onSocketFull(long untilNanos) {
        socketFull = true;
        socketFullUntilNanos = untilNanos;
    }

    void onSent(int chunk, long nowNanos) {
        chunks.onSent(chunk, log.next());
        log.add(chunk, nowNanos);
        lastMoveNanos = nowNanos;
        probeDue = false;
        pacer.onSent(window, roundTrip, nowNanos);
    }

    // ---- time ----

    long waitNanos(long nowNanos) {
        long wait = Long.MAX_VALUE;
        if (isSocketFull(nowNanos)) {
            return Math.max(0, socketFullUntilNanos - nowNanos);
        }
        if (lossCheckSet) {
            wait = Math.min(wait, lossCheckNanos - nowNanos);
        }
        if (chunks.onTheirWay() > 0) {
            wait = Math.min(wait, lastMoveNanos + roundTrip.probeNanos(probes) - nowNanos);
        }
        if (fitsWindow() && fitsReceiver() && candidate() >= 0) {
            wait = Math.min(wait, pacer.waitNanos(nowNanos));
        }
        return Math.max(0, wait);
    }

    void onTimer(long nowNanos) {
        if (lossCheckSet && lossCheckNanos - nowNanos <= 0) {
            findLosses(nowNanos);
        }
        if (chunks.onTheirWay() > 0 && nowNanos - lastMoveNanos >= roundTrip.probeNanos(probes)) {
            probes++;
            probeDue = true;
            if (probes == SILENT_PROBES) {
                window.onSilence();
            }
        }
    }
}
