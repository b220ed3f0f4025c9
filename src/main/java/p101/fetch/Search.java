package p101.fetch;

import java.util.HashSet;
import java.util.Set;
import p101.model.Content;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Shown;

/**
 * Asks the index: first for the newest complete content that matches (or, if nobody has all of one, the newest partial one), then,
 * again and again, for more sources of it. Loop thread.
 */
final class Search {
    /** Who is told what was found. */
    interface Owner {
        void chosen(Candidate first);

        /** A source of the chosen content, the first one included. */
        void source(Candidate row);

        /** Another content that matches as well. */
        void otherContent(Candidate row);

        void failed(DownloadFailure failure);

        /** A search for more sources is over. */
        void searchedAgain();

        /** The search takes long, since it fetches what it finds. */
        void searching(Progress progress);
    }

    /** Lets the finder see when what it finds is of no interest any more. */
    private final class Asker implements SourceFinder.Asker {
        @Override
        public boolean isGone() {
            return over;
        }

        @Override
        public void onProgress(Progress progress) {
            if (!over) {
                owner.searching(progress);
            }
        }
    }

    private record Identity(ContentId content, long size) {}

    private final DownloadRequest request;
    private final SourceFinder finder;
    private final Owner owner;
    private final Set<Identity> others = new HashSet<>();
    private Candidate chosen;
    private String refusedRow = "";
    private boolean running;
    private boolean over;

    Search(DownloadRequest request, SourceFinder finder, Owner owner) {
        this.request = request;
        this.finder = finder;
        this.owner = owner;
    }

    void begin() {
        if (request.rows().isEmpty()) {
            find(request.wanted());
            return;
        }
        request.rows().forEach(this::consider);
        if (chosen == null) {
            fail(DownloadFailure.Kind.NO_SOURCE, refusedRow);
        }
    }

    /** Looks for more sources of the chosen content. */
    void again(Content contentOrNull) {
        if (running || over) {
            return;
        }
        ContentId id = contentOrNull == null ? chosen.content() : contentOrNull.id();
        PeerName peer = request.onlyThatPeer() ? request.wanted().peer() : PeerName.NONE;
        FileName file = id.isNone() ? request.wanted().file() : FileName.NONE;
        running = true;
        finder.find(new Wanted(file, peer, id, true), new Asker(), this::consider, end -> {
            running = false;
            if (!over) {
                owner.searchedAgain();
            }
        });
    }

    /** Whatever the finder still tells is of no interest. */
    void end() {
        over = true;
    }

    private void find(Wanted wanted) {
        running = true;
        finder.find(wanted, new Asker(), this::consider, end -> {
            running = false;
            if (!over && chosen == null) {
                nothingFound(wanted, end);
            }
        });
    }

    private void nothingFound(Wanted wanted, FindEnd end) {
        if (end instanceof FindEnd.IndexSilent) {
            fail(DownloadFailure.Kind.INDEX_SILENT, "the index does not answer");
        } else if (end instanceof FindEnd.Refused refused) {
            fail(DownloadFailure.Kind.REFUSED, "the index refused the search: " + refused.text());
        } else if (!wanted.partialToo()) {
            find(wanted.withPartialToo());
        } else if (refusedRow.isEmpty()) {
            fail(DownloadFailure.Kind.NOT_FOUND, nobodyShares(wanted));
        } else {
            fail(DownloadFailure.Kind.NO_SOURCE, refusedRow);
        }
    }

    /** Without the name that was asked for: whoever tells it knows that. */
    private static String nobodyShares(Wanted wanted) {
        StringBuilder text = new StringBuilder(
                wanted.peer().isNone()
                        ? "nobody shares"
                        : Shown.text(wanted.peer().value()) + " does not share");
        text.append(wanted.file().isNone() ? " content " + wanted.content() : " it");
        if (!wanted.file().isNone() && !wanted.content().isNone()) {
            text.append(" with content ").append(wanted.content());
        }
        return text.toString();
    }

    private void fail(DownloadFailure.Kind kind, String text) {
        over = true;
        owner.failed(new DownloadFailure(kind, text));
    }

    private void consider(Candidate row) {
        if (over || request.isSelf().test(row) || isRefused(row)) {
            return;
        }
        if (chosen == null) {
            chosen = row;
            owner.chosen(row);
        }
        if (row.sameContentAs(chosen)) {
            owner.source(row);
        } else if (others.add(new Identity(row.content(), row.size()))) {
            owner.otherContent(row);
        }
    }

    /** Whether a row is out of the question; if nothing else is found, the last such row is the reason. */
    private boolean isRefused(Candidate row) {
        String name = SourceReport.nameOf(row.peer(), row.endpoint());
        if (!row.isFetchable()) {
            refusedRow = name + " only lists the file: it cannot be fetched from there";
        } else if (AddressRules.isRefused(row.endpoint(), request.localIndex())) {
            refusedRow = name + " is on an address that an index elsewhere may not send us to";
        } else if (row.content().isNone()
                && request.root().isNone()
                && request.wanted().file().isNone()) {
            refusedRow = name + " does not tell the content";
        } else {
            return !matchesRoot(row);
        }
        return true;
    }

    private boolean matchesRoot(Candidate row) {
        return request.root().isNone()
                || row.content().isNone()
                || row.content().equals(request.root().contentId());
    }
}
