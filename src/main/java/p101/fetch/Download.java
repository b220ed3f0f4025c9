package p101.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import p101.fetch.DownloadFailure.Kind;
import p101.library.Geometry;
import p101.library.Library;
import p101.library.Manifest;
import p101.library.PartialFile;
import p101.loop.TimerHandle;
import p101.model.Content;
import p101.model.FileName;
import p101.model.Root;
import p101.model.Shown;
import p101.pdu.Pdu;

/**
 * One download, from a search to a file in its place. Loop thread only. spec/PDU.md, section "Rules of a downloader".
 *
 * <p>It finds a content ({@link Search}), learns its manifest from the first source that answers, opens the file
 * ({@link Opening}), gets the pieces from all sources ({@link Transfer}), and puts the file in its place. Sources come and
 * go meanwhile ({@link Recruiter}).
 */
public final class Download {
    /** Most sources that are asked for the manifest at the same time. */
    private static final int MAX_MANIFEST_SOURCES = 4;

    /** A source that owes something for so long lets us look for another. */
    private static final long STALL_NANOS = 1_000_000_000L;

    private final Downloader.Setting setting;
    private final DownloadRequest request;
    private final DownloadListener listener;
    private final Search search;
    private final Sources sources = new Sources();
    private final long startedNanos;
    private final RateMeter speed;
    private final Patience patience;
    private final FileWork work;
    private DownloadState state = DownloadState.SEARCHING;
    private TimerHandle ticker;
    private Candidate chosen;
    private Content content;
    private Geometry geometry;
    private Recruiter recruiter;
    private Transfer transfer;
    private PartialFile file;
    private StreamEmitter emitter;
    private boolean emitterDone;
    private FileName fullName = FileName.NONE;
    private boolean alreadyThere;
    private long resumedBytes;
    private long stateNanos;

    Download(Downloader.Setting setting, DownloadRequest request, SourceFinder finder, DownloadListener listener) {
        this.setting = setting;
        this.request = request;
        this.listener = listener;
        this.search = new Search(request, finder, new Findings());
        this.startedNanos = now();
        this.speed = new RateMeter(startedNanos);
        this.work = new FileWork(setting, request.destination());
        this.patience = new Patience(setting.limits(), startedNanos);
    }

    void start() {
        scheduleTick();
        search.begin();
    }

    /**
     * Ends it; what was verified stays for another time. {@link DownloadListener#onFailed} follows at once, except when every
     * piece is there already: then the file is about to appear, and nothing is cancelled any more.
     */
    public void cancel() {
        if (state != DownloadState.FINISHING || emitter != null) {
            fail(Kind.CANCELLED, "cancelled");
        }
    }

    private long now() {
        return setting.loop().nowNanos();
    }

    private void enter(DownloadState next) {
        state = next;
        stateNanos = now();
        patience.hope(stateNanos);
    }

    // ---- a content is found ----

    private final class Findings implements Search.Owner {
        @Override
        public void chosen(Candidate first) {
            choose(first);
        }

        @Override
        public void source(Candidate row) {
            recruiter.contacts().offer(row);
            transfer.swarm().otherDownloaders(recruiter.contacts().partialNames());
            seek();
        }

        @Override
        public void otherContent(Candidate row) {
            listener.onOtherContent(row);
        }

        @Override
        public void failed(DownloadFailure failure) {
            fail(failure.kind(), failure.text());
        }

        @Override
        public void searchedAgain() {
            patience.searched();
            giveUpIfHopeless();
        }

        @Override
        public void searching(Progress progress) {
            if (state == DownloadState.SEARCHING || state == DownloadState.MANIFEST) {
                patience.hope(now());
                listener.onProgress(progress);
            }
        }
    }

    private void choose(Candidate first) {
        chosen = first;
        geometry = new Geometry(first.size());
        Root root = request.root().isNone() ? first.content().asHint() : request.root();
        boolean inOrder = request.self().isNone() || request.destination() instanceof Destination.ToStream;
        int start = inOrder ? 0 : Swarm.randomStart(geometry, setting.random());
        transfer = new Transfer(setting, geometry, request.self().value(), start, startsEarly(), new Pieces());
        recruiter = new Recruiter(setting, geometry, root, label(), sources, transfer);
        enter(DownloadState.MANIFEST);
        listener.onChosen(first);
    }

    /** The name as a PDU can carry it. */
    private FileName label() {
        FileName name = request.wanted().file();
        return name.fitsPdu() ? name : Library.labelOf(name);
    }

    /** Content is asked for before the manifest is known, unless something may be there already. */
    private boolean startsEarly() {
        return geometry.size() > 0
                && Opening.isNothingThere(
                        request.destination(), request.wanted().file(), chosen);
    }

    private void seek() {
        if (state == DownloadState.MANIFEST) {
            long patience = (now() - stateNanos) / setting.limits().hedge().toNanos();
            recruiter.seekManifest((int) Math.min(MAX_MANIFEST_SOURCES, 1 + patience));
        } else if (state == DownloadState.FETCHING) {
            recruiter.seekContent(content.size() - transfer.verifiedBytes(), transfer.isAnyStalled(STALL_NANOS));
        }
    }

    // ---- what sources do ----

    private final class Sources implements Session.Owner {
        @Override
        public void opened(Session session) {
            if (state == DownloadState.MANIFEST) {
                session.askManifest();
            }
            transfer.add(session);
        }

        @Override
        public void manifest(Session session, SourceEvents.AnswerHead head, ByteBuffer bytes) {
            if (!head.complete()) {
                transfer.notComplete(session);
            }
            if (state == DownloadState.MANIFEST) {
                open(session, head, bytes);
            }
        }

        @Override
        public void refused(Session session, Pdu.Failed refusal) {
            drop(session, Refusals.reason(refusal.code()), Refusals.text(refusal), refusal.retryAfterSeconds());
        }

        @Override
        public void lost(Session session, DropReason reason, String detail) {
            drop(session, reason, detail, 0);
        }
    }

    private void drop(Session session, DropReason reason, String detail, long retryAfterSeconds) {
        if (state == DownloadState.ENDED) {
            return;
        }
        boolean news = recruiter.drop(session, reason, detail, retryAfterSeconds);
        transfer.remove(session);
        if (news) {
            listener.onSourceDropped(session.contact.report(now()));
        }
        patience.lost();
        seek();
        if (!recruiter.anyConnected() && (state == DownloadState.MANIFEST || state == DownloadState.FETCHING)) {
            searchAgain();
        }
    }

    private void searchAgain() {
        patience.searching(now());
        search.again(content);
    }

    // ---- the file ----

    private void open(Session session, SourceEvents.AnswerHead head, ByteBuffer bytes) {
        content = new Content(head.root(), head.size());
        enter(DownloadState.OPENING);
        work.open(bytes, content, head.modifiedMillis(), request.wanted().file(), result -> opened(session, result));
    }

    private void opened(Session session, Opening.Result result) {
        if (state == DownloadState.ENDED) {
            work.close(result.file());
        } else if (result.badManifest() != null) {
            enter(DownloadState.MANIFEST);
            content = null;
            drop(session, DropReason.LIED, result.badManifest(), 0);
        } else if (result.failure() != null) {
            fail(result.failure().kind(), result.failure().text());
        } else if (result.file() == null) {
            fullName = result.manifest().name();
            resumedBytes = content.size();
            alreadyThere = true;
            succeed(Optional.of(result.identical()));
        } else {
            fetch(result.file(), result.manifest());
        }
    }

    private void fetch(PartialFile opened, Manifest manifest) {
        file = opened;
        fullName = manifest.name();
        recruiter.proven(content.root());
        enter(DownloadState.FETCHING);
        speed.restart(stateNanos);
        patience.searching(stateNanos);
        for (int i = 0; i < geometry.pieceCount(); i++) {
            resumedBytes += file.pieces().has(i) ? geometry.pieceLength(i) : 0;
        }
        listener.onStarted(fullName, content, resumedBytes);
        if (request.destination() instanceof Destination.ToStream toStream) {
            emitter = new StreamEmitter(
                    file, toStream.out(), failure -> setting.loop().execute(() -> emitted(failure)));
            emitter.start();
        } else {
            listener.onShareable(file);
        }
        transfer.opened(file, manifest.pieces());
        seek();
    }

    private final class Pieces implements Transfer.Owner {
        @Override
        public void drop(Session session, DropReason reason, String detail, long retryAfterSeconds) {
            Download.this.drop(session, reason, detail, retryAfterSeconds);
        }

        @Override
        public void diskFailed(IOException failure) {
            fail(
                    Kind.DISK,
                    Opening.failure(failure, Opening.pathFor(request.destination(), fullName))
                            .text());
        }

        @Override
        public void verified(long bytes) {
            patience.hope(now());
            speed.add(bytes);
            if (emitter != null) {
                emitter.advance();
            }
        }

        @Override
        public void complete() {
            if (state == DownloadState.FETCHING) {
                finish();
            }
        }
    }

    private void finish() {
        enter(DownloadState.FINISHING);
        search.end();
        recruiter.closeAll();
        transfer.end();
        if (emitter != null) {
            if (emitterDone) {
                succeed(Optional.empty());
            }
            return;
        }
        work.finish(file, path -> succeed(Optional.of(path)), failure -> fail(failure.kind(), failure.text()));
    }

    private void emitted(IOException failureOrNull) {
        if (failureOrNull != null) {
            fail(Kind.DISK, "cannot write the output: " + Shown.text(String.valueOf(failureOrNull.getMessage())));
        } else if (state == DownloadState.FINISHING) {
            succeed(Optional.empty());
        } else {
            // The last pieces were seen in the file before this thread was told of them.
            emitterDone = true;
        }
    }

    // ---- time ----

    private void scheduleTick() {
        ticker = setting.loop().schedule(DownloadLimits.TICK.toNanos(), this::tick);
    }

    private void tick() {
        scheduleTick();
        if (transfer != null && state != DownloadState.FINISHING) {
            transfer.tick(now());
            seek();
        }
        if (state == DownloadState.FETCHING && patience.isResearchDue(now())) {
            searchAgain();
        }
        if (state == DownloadState.FETCHING) {
            tellProgress();
        }
        giveUpIfHopeless();
    }

    private void tellProgress() {
        speed.sample(now());
        long rate = (long) speed.perSecond(now());
        int connected = transfer.sessions().size();
        listener.onProgress(Progress.at(transfer.verifiedBytes(), content.size(), rate, connected));
    }

    private void giveUpIfHopeless() {
        if (state != DownloadState.MANIFEST && state != DownloadState.FETCHING) {
            return;
        }
        if (patience.isOver(recruiter, now())) {
            String losses = recruiter.losses();
            String kept = transfer.verifiedBytes() > 0 ? "; what was verified is kept for the next attempt" : "";
            fail(Kind.NO_SOURCE, "no source could deliver the file" + (losses.isEmpty() ? "" : ": " + losses) + kept);
        } else if (patience.wantsSearch(recruiter, now())) {
            searchAgain();
        }
    }

    // ---- the end ----

    private void fail(Kind kind, String text) {
        if (state != DownloadState.ENDED) {
            List<SourceReport> reports = end();
            listener.onFailed(new DownloadFailure(kind, text), reports);
            work.close(file);
        }
    }

    private void succeed(Optional<Path> path) {
        if (state != DownloadState.ENDED) {
            List<SourceReport> reports = end();
            long nanos = now() - startedNanos;
            listener.onDone(new DownloadOutcome(path, fullName, content, alreadyThere, resumedBytes, nanos, reports));
            work.close(file);
        }
    }

    private List<SourceReport> end() {
        enter(DownloadState.ENDED);
        ticker.cancel();
        search.end();
        if (emitter != null) {
            emitter.cancel();
        }
        if (transfer == null) {
            return List.of();
        }
        transfer.end();
        recruiter.closeAll();
        return recruiter.reports();
    }
}
