package p101.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import p101.fetch.CheckJob.Proof;
import p101.library.Geometry;
import p101.library.InvalidHaveException;
import p101.library.PartialFile;
import p101.library.PieceHashes;
import p101.library.PieceSet;
import p101.model.Root;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;

/**
 * Gets the pieces: keeps every session busy, puts what comes in its place in the file, has it hashed, and counts what is right.
 * It may begin before the file is open (the first requests go out together with the one for the manifest): what comes too early
 * waits. Loop thread.
 */
final class Transfer {
    /** Who is told how it goes. */
    interface Owner {
        /** A source must go. */
        void drop(Session session, DropReason reason, String detail, long retryAfterSeconds);

        /** The disk failed. */
        void diskFailed(IOException failure);

        /** So many bytes more count from now on. */
        void verified(long bytes);

        /** Every piece counts. */
        void complete();
    }

    /** Requests that go out before the manifest is known. */
    private static final int EARLY_REQUESTS = 2;

    /** A source that is so many times slower than the fastest is not worth waiting for. */
    private static final double SLOW_SHARE = 50;

    /** So often may a source say that it lacks what its map promised. */
    private static final int MAX_NOT_HELD = 64;

    private final Downloader.Setting setting;
    private final Geometry geometry;
    private final Swarm swarm;
    private final Owner owner;
    private final List<Session> sessions = new ArrayList<>();
    private final ArrayDeque<Early> early = new ArrayDeque<>();
    private Proof proof;
    private Root root;
    private long verifiedBytes;
    private boolean ended;
    private final boolean startsEarly;

    private record Early(Session session, Run run, Block block) {}

    /**
     * @param self the name under which others know this downloader; may be empty
     * @param start the piece to begin with
     * @param startsEarly whether to ask for content before the manifest has come
     */
    Transfer(Downloader.Setting setting, Geometry geometry, String self, int start, boolean startsEarly, Owner owner) {
        this.setting = setting;
        this.startsEarly = startsEarly;
        this.geometry = geometry;
        this.swarm = new Swarm(geometry, self, start, setting.random());
        this.owner = owner;
    }

    // ---- sessions ----

    /** A source is connected and may be asked. */
    void add(Session session) {
        sessions.add(session);
        swarm.add(session.lane);
        if (proof != null && !session.lane.isComplete()) {
            session.askHave();
        }
        refill(session);
    }

    /** A source is gone; what it owed is asked of the others. */
    void remove(Session session) {
        if (sessions.remove(session)) {
            swarm.remove(session.lane);
            refillAll();
        }
    }

    List<Session> sessions() {
        return sessions;
    }

    Swarm swarm() {
        return swarm;
    }

    /** Asks for more wherever there is room for it. */
    void refillAll() {
        for (Session session : List.copyOf(sessions)) {
            refill(session);
        }
    }

    private void refill(Session session) {
        while (!ended && session.hasRoom() && mayAsk(session)) {
            Optional<Run> run = swarm.next(session.lane, session.runPieces());
            if (run.isEmpty()
                    && proof != null
                    && session.isIdle()
                    && swarm.states().missing() == 0) {
                run = swarm.takeOver(session.lane, session.runPieces());
            }
            if (run.isEmpty()) {
                return;
            }
            session.ask(run.get());
        }
    }

    private boolean mayAsk(Session session) {
        return proof != null
                || startsEarly && session.lane.isComplete() && session.lane.outstanding.size() < EARLY_REQUESTS;
    }

    // ---- the file ----

    /** The manifest is proven and the file is open: what came early can be used now. */
    void opened(PartialFile file, PieceHashes hashes) {
        proof = new Proof(file, geometry, hashes);
        root = file.content().root();
        PieceSet there = file.pieces();
        for (int i = there.nextHeld(0); i < there.pieceCount(); i = there.nextHeld(i + 1)) {
            swarm.states().alreadyHeld(i);
            verifiedBytes += geometry.pieceLength(i);
        }
        while (!early.isEmpty() && !ended) {
            Early block = early.poll();
            place(block.session, block.run, block.block);
        }
        for (Session session : List.copyOf(sessions)) {
            session.fileIsOpen();
            if (!session.lane.isComplete()) {
                session.askHave();
            }
        }
        refillAll();
        completeIfDone();
    }

    /** Whether a source owes something and has sent nothing for so long. */
    boolean isAnyStalled(long nanos) {
        long nowNanos = setting.loop().nowNanos();
        return sessions.stream().anyMatch(session -> session.silentNanos(nowNanos) >= nanos);
    }

    long verifiedBytes() {
        return verifiedBytes;
    }

    boolean isComplete() {
        return proof != null && swarm.states().isComplete();
    }

    /** Nothing more is asked for or written. */
    void end() {
        ended = true;
        while (!early.isEmpty()) {
            setting.blocks().give(early.poll().block);
        }
    }

    private void completeIfDone() {
        if (!ended && isComplete()) {
            owner.complete();
        }
    }

    // ---- answers ----

    void answered(Session session, Run run, SourceEvents.AnswerHead head) {
        if (root != null && !root.equals(head.root())) {
            owner.drop(
                    session, DropReason.OTHER_CONTENT, "content " + head.root().contentId(), 0);
            return;
        }
        if (!head.complete()) {
            notComplete(session);
        }
        long missing = run.bytes(geometry) - head.length();
        if (missing == 0) {
            return;
        }
        int covered = (int) (head.length() / geometry.pieceBytes());
        if (covered == 0) {
            owner.drop(session, DropReason.PROTOCOL, "sent less than a piece where more was asked for", 0);
            return;
        }
        swarm.states().freeRest(run, run.first() + covered);
        swarm.lacks(session.lane, run.first() + covered);
    }

    /** A source says that it does not have everything, whatever its row told: it is asked what it has. */
    void notComplete(Session session) {
        if (session.lane.isComplete()) {
            swarm.setHave(session.lane, PieceSet.empty(geometry.pieceCount()));
            if (proof != null) {
                session.askHave();
            }
        }
    }

    void content(Session session, Run run, Block block) {
        BlockPool blocks = setting.blocks();
        blocks.waits(block);
        if (ended) {
            blocks.give(block);
        } else if (proof == null) {
            early.add(new Early(session, run, block));
            session.pauseForFile();
        } else {
            place(session, run, block);
            if (blocks.isShort() && !session.isPausedForRoom()) {
                session.pauseForRoom();
                blocks.whenRoom(session::roomAgain);
            }
        }
    }

    /** Writes the bytes whose pieces still belong to this answer, and has them hashed; the others were given to somebody else. */
    private void place(Session session, Run run, Block block) {
        ByteBuffer bytes = block.buffer().flip();
        CheckJob job =
                new CheckJob(session, block, proof, done -> setting.loop().execute(() -> checked(done)));
        long end = block.offset() + bytes.limit();
        try {
            int unwritten = 0;
            long at = block.offset();
            while (at < end) {
                int piece = geometry.pieceAt(at);
                long pieceStart = geometry.pieceOffset(piece);
                long pieceEnd = pieceStart + geometry.pieceLength(piece);
                int from = (int) (at - block.offset());
                int to = (int) (Math.min(pieceEnd, end) - block.offset());
                if (swarm.states().isTakenBy(run, piece)) {
                    job.add(piece, from, to, at == pieceStart, pieceEnd <= end);
                    if (pieceEnd <= end) {
                        swarm.states().received(piece);
                    }
                } else {
                    write(block, unwritten, from);
                    unwritten = to;
                }
                at = Math.min(pieceEnd, end);
            }
            write(block, unwritten, (int) (end - block.offset()));
        } catch (IOException e) {
            setting.blocks().give(block);
            owner.diskFailed(e);
            return;
        }
        hash(job, block);
    }

    private void hash(CheckJob job, Block block) {
        if (job.isEmpty()) {
            setting.blocks().give(block);
        } else {
            setting.hashing().execute(job);
        }
    }

    private void write(Block block, int from, int to) throws IOException {
        if (from < to) {
            proof.file().write(block.buffer().limit(to).position(from), block.offset() + from);
        }
    }

    private void checked(CheckJob job) {
        setting.blocks().give(job.block());
        try {
            job.markRight();
        } catch (IOException e) {
            // After the end the file may be closed already; what is not marked will be fetched again.
            if (!ended) {
                owner.diskFailed(e);
            }
            return;
        }
        if (ended) {
            return;
        }
        long bytes = 0;
        for (int piece : job.right()) {
            swarm.states().verified(piece);
            bytes += geometry.pieceLength(piece);
        }
        if (bytes > 0) {
            verifiedBytes += bytes;
            job.session().contact.verified(bytes);
            owner.verified(bytes);
        }
        if (!job.wrong().isEmpty()) {
            job.wrong().forEach(swarm.states()::free);
            owner.drop(job.session(), DropReason.LIED, "piece " + job.wrong().get(0) + " is wrong", 0);
        }
        completeIfDone();
    }

    void ended(Session session) {
        refill(session);
    }

    void have(Session session, ByteBuffer bytes) {
        try {
            swarm.setHave(session.lane, PieceSet.fromHave(bytes, geometry.pieceCount()));
            refill(session);
        } catch (InvalidHaveException e) {
            owner.drop(session, DropReason.PROTOCOL, e.getMessage(), 0);
        }
    }

    /** A source does not deliver a run, or not all of it. */
    void refused(Session session, Run run, Pdu.Failed refusal) {
        int lacking = run.first();
        while (lacking < run.end() - 1 && !swarm.states().isTakenBy(run, lacking)) {
            lacking++;
        }
        swarm.states().freeRest(run, run.first());
        if (refusal.code() == ErrorCode.NOT_HELD && session.countNotHeld() <= MAX_NOT_HELD) {
            if (session.lane.isComplete()) {
                notComplete(session);
            } else {
                swarm.lacks(session.lane, lacking);
                session.askHaveLater();
            }
        } else {
            owner.drop(session, Refusals.reason(refusal.code()), Refusals.text(refusal), refusal.retryAfterSeconds());
        }
        refillAll();
    }

    // ---- time ----

    /** Everything that depends on time; a few times a second. */
    void tick(long nowNanos) {
        DownloadLimits limits = setting.limits();
        for (Session session : List.copyOf(sessions)) {
            session.tick(nowNanos);
            if (session.silentNanos(nowNanos) >= limits.silence().toNanos()) {
                owner.drop(session, DropReason.SILENT, "", 0);
            } else if (proof != null && !session.lane.isComplete()) {
                long poll = session.isIdle()
                        ? DownloadLimits.TICK.toNanos()
                        : limits.havePoll().toNanos();
                if (session.isHaveDue(nowNanos, poll)) {
                    session.askHave();
                }
            }
        }
        dropSlowest(nowNanos);
        refillAll();
    }

    /** Lets the slowest source go if it holds up what others could do. */
    private void dropSlowest(long nowNanos) {
        Session slowest = null;
        double fastest = 0;
        for (Session session : sessions) {
            double rate = session.lane.bytesPerSecond();
            fastest = Math.max(fastest, rate);
            boolean judged =
                    session.ageNanos(nowNanos) >= setting.limits().slowAfter().toNanos() && !session.isIdle();
            if (judged && (slowest == null || rate < slowest.lane.bytesPerSecond())) {
                slowest = session;
            }
        }
        double floor = Math.max(setting.limits().slowBytesPerSecond(), fastest / SLOW_SHARE);
        if (slowest != null && slowest.lane.bytesPerSecond() < floor && swarm.isReplaceable(slowest.lane)) {
            owner.drop(slowest, DropReason.SLOW, "", 0);
        }
    }
}
