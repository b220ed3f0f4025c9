package p101.fetch;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import p101.library.Geometry;
import p101.library.PieceHasher;
import p101.pdu.Pdu;
import p101.pdu.RangeKind;

/**
 * A connected (or connecting) source at work: keeps account of what it owes and how fast it is, and passes on what it sends.
 * Loop thread, except {@link #hasher}.
 */
final class Session implements SourceEvents {
    /** Who decides about the source as a whole; what it sends of the content goes to the {@link Transfer}. */
    interface Owner {
        void opened(Session session);

        void manifest(Session session, AnswerHead head, ByteBuffer bytes);

        /** Anything but content was refused. */
        void refused(Session session, Pdu.Failed refusal);

        void lost(Session session, DropReason reason, String detail);
    }

    /** After a "not held" a second passes before the next question for pieces; three quarters come before the usual wait. */
    private static final long HAVE_DELAY_NANOS = 750_000_000L;

    final Contact contact;
    final Lane lane;

    /** For the hashing thread alone: the pieces of one source come in order. */
    final PieceHasher hasher = new PieceHasher();

    private final Owner owner;
    private final Transfer transfer;
    private final LongSupplier clock;
    private final Geometry geometry;
    private final Window window = new Window();
    private final RateMeter meter;
    private final long startedNanos;
    private Source source;
    private boolean open;
    private boolean closed;
    private boolean manifestAsked;
    private boolean haveAsked;
    private long haveAskedNanos;
    private boolean pausedForRoom;
    private boolean pausedForFile;
    private boolean active;
    private long aliveNanos;
    private int notHeld;

    /** Bytes of the oldest run that were asked for and have not come. */
    private long owed;

    Session(Contact contact, Geometry geometry, Owner owner, Transfer transfer, LongSupplier clock) {
        this.contact = contact;
        this.geometry = geometry;
        this.owner = owner;
        this.transfer = transfer;
        this.clock = clock;
        long nowNanos = clock.getAsLong();
        this.lane = new Lane(contact.row().peer().value(), !contact.row().isPartial());
        this.meter = new RateMeter(nowNanos);
        this.startedNanos = nowNanos;
        this.aliveNanos = nowNanos;
    }

    /** Begins; {@code newSource} tells this session what it does. */
    void start(Source newSource) {
        source = newSource;
        contact.connected(this);
        newSource.open();
    }

    // ---- asking ----

    void askManifest() {
        manifestAsked = true;
        source.requestManifest();
    }

    void askHave() {
        if (haveAsked) {
            return;
        }
        haveAsked = true;
        haveAskedNanos = clock.getAsLong();
        source.requestHave();
    }

    /** It has less than was thought: it is asked what it has, but not at once. */
    void askHaveLater() {
        haveAskedNanos = clock.getAsLong() + HAVE_DELAY_NANOS;
    }

    void ask(Run run) {
        long bytes = run.bytes(geometry);
        boolean wasIdle = lane.outstanding.isEmpty();
        if (wasIdle && !manifestAsked && !haveAsked) {
            aliveNanos = clock.getAsLong();
        }
        if (wasIdle) {
            owed = bytes;
        }
        lane.asked(run, bytes);
        source.requestContent(run.offset(geometry), bytes);
    }

    boolean hasRoom() {
        return open && !closed && window.hasRoom(lane.outstandingBytes(), lane.outstanding.size());
    }

    int runPieces() {
        return window.runPieces(geometry.pieceBytes());
    }

    /** Counts how often it said that it lacks what it was thought to have. */
    int countNotHeld() {
        return ++notHeld;
    }

    // ---- pausing ----

    void pauseForRoom() {
        pausedForRoom = true;
        source.pause();
    }

    void pauseForFile() {
        pausedForFile = true;
        source.pause();
    }

    void roomAgain() {
        pausedForRoom = false;
        resumeIfFree();
    }

    void fileIsOpen() {
        pausedForFile = false;
        resumeIfFree();
    }

    private void resumeIfFree() {
        if (!pausedForRoom && !pausedForFile) {
            active = true;
            aliveNanos = clock.getAsLong();
            source.resume();
        }
    }

    boolean isPausedForRoom() {
        return pausedForRoom;
    }

    // ---- what is known of it ----

    boolean isOpen() {
        return open;
    }

    boolean isManifestAsked() {
        return manifestAsked;
    }

    boolean isIdle() {
        return open && lane.outstanding.isEmpty();
    }

    /** Nanoseconds since it last answered a question for its pieces, or was asked. */
    boolean isHaveDue(long nowNanos, long pollNanos) {
        return open && !haveAsked && nowNanos - haveAskedNanos >= pollNanos;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - startedNanos;
    }

    /** For how long it has owed something and sent nothing. */
    long silentNanos(long nowNanos) {
        boolean owes = !open || manifestAsked || haveAsked || !lane.outstanding.isEmpty();
        return owes && !pausedForRoom && !pausedForFile ? nowNanos - aliveNanos : 0;
    }

    /** Closes a sample of its speed and hands over what it has gathered. */
    void tick(long nowNanos) {
        source.flush();
        if (active) {
            meter.sample(nowNanos);
            lane.measured(meter.perSecond(nowNanos));
        } else {
            meter.restart(nowNanos);
        }
        if (lane.outstanding.isEmpty() && !manifestAsked && !haveAsked) {
            aliveNanos = nowNanos;
        }
        active = !lane.outstanding.isEmpty();
    }

    void close() {
        closed = true;
        source.close();
    }

    // ---- what the source tells ----

    @Override
    public void onOpen() {
        open = true;
        owner.opened(this);
    }

    @Override
    public void onActivity() {
        aliveNanos = clock.getAsLong();
    }

    @Override
    public void onManifest(AnswerHead head, ByteBuffer bytes) {
        manifestAsked = false;
        owner.manifest(this, head, bytes);
    }

    @Override
    public void onHave(AnswerHead head, ByteBuffer bytes) {
        haveAsked = false;
        transfer.have(this, bytes);
    }

    @Override
    public void onContentStart(AnswerHead head) {
        transfer.answered(this, lane.outstanding.peek(), head);
    }

    @Override
    public void onContent(Block block) {
        int bytes = block.buffer().position();
        active = true;
        owed -= bytes;
        lane.came(bytes);
        meter.add(bytes);
        contact.received(bytes);
        transfer.content(this, lane.outstanding.peek(), block);
    }

    @Override
    public void onContentEnd() {
        Run run = settle();
        lane.measured(meter.perSecond(clock.getAsLong()));
        window.grow(run.bytes(geometry), lane.bytesPerSecond());
        transfer.ended(this);
    }

    @Override
    public void onRefused(RangeKind kind, Pdu.Failed refusal) {
        switch (kind) {
            case MANIFEST -> {
                manifestAsked = false;
                owner.refused(this, refusal);
            }
            case HAVE -> {
                haveAsked = false;
                owner.refused(this, refusal);
            }
            case CONTENT -> transfer.refused(this, settle(), refusal);
        }
    }

    /** Closes the account of the oldest run: what has not come of it will not come. */
    private Run settle() {
        Run run = lane.outstanding.poll();
        lane.came(owed);
        Run next = lane.outstanding.peek();
        owed = next == null ? 0 : next.bytes(geometry);
        return run;
    }

    @Override
    public void onLost(DropReason reason, String detail) {
        owner.lost(this, reason, detail);
    }
}
