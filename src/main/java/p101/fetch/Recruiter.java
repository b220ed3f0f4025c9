package p101.fetch;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import p101.library.Geometry;
import p101.model.FileName;
import p101.model.Root;

/** Connects to sources, as many as the work is worth, and lets go of those that are no good. Loop thread. */
final class Recruiter {
    private static final long SMALL_BYTES = 2 << 20;
    private static final long MEDIUM_BYTES = 32 << 20;
    private static final int MEDIUM_SOURCES = 3;

    private final Downloader.Setting setting;
    private final Contacts contacts = new Contacts();
    private final Geometry geometry;
    private final FileName label;
    private final Session.Owner sessionOwner;
    private final Transfer transfer;
    private Root root;

    /**
     * @param root what to ask for: the full root or the part that is known
     * @param label the name to ask for; may be {@link FileName#NONE}
     */
    Recruiter(
            Downloader.Setting setting,
            Geometry geometry,
            Root root,
            FileName label,
            Session.Owner sessionOwner,
            Transfer transfer) {
        this.setting = setting;
        this.geometry = geometry;
        this.root = root;
        this.label = label;
        this.sessionOwner = sessionOwner;
        this.transfer = transfer;
    }

    Contacts contacts() {
        return contacts;
    }

    /** The full root was proven: from now on nothing else is asked for. */
    void proven(Root fullRoot) {
        root = fullRoot;
    }

    /** For the manifest one source will do; another is asked for every time that it takes too long. */
    void seekManifest(int most) {
        long nowNanos = setting.loop().nowNanos();
        while (connected(contact -> true) < most && connectNext(contact -> true, nowNanos)) {
            // One more was asked.
        }
    }

    /** Connects to more sources if the missing bytes are worth it. */
    void seekContent(long missingBytes, boolean oneIsStalled) {
        long nowNanos = setting.loop().nowNanos();
        int complete = worth(missingBytes, setting.limits().completeSources()) + (oneIsStalled ? 1 : 0);
        recruit(Recruiter::isComplete, complete, nowNanos);
        if (missingBytes > SMALL_BYTES || connected(Recruiter::isComplete) == 0) {
            recruit(Recruiter::isPartial, setting.limits().partialSources(), nowNanos);
        }
    }

    private void recruit(Predicate<Contact> fits, int most, long nowNanos) {
        while (connected(fits) < most
                && (!setting.crowd().isFull() || !anyConnected())
                && connectNext(fits, nowNanos)) {
            // One more is being connected.
        }
    }

    private static int worth(long missingBytes, int most) {
        if (missingBytes <= SMALL_BYTES) {
            return 1;
        }
        return missingBytes <= MEDIUM_BYTES ? Math.min(MEDIUM_SOURCES, most) : most;
    }

    private static boolean isComplete(Contact contact) {
        return !contact.row().isPartial();
    }

    private static boolean isPartial(Contact contact) {
        return contact.row().isPartial();
    }

    private int connected(Predicate<Contact> fits) {
        int connected = 0;
        for (Contact contact : contacts.all()) {
            connected += contact.session() != null && fits.test(contact) ? 1 : 0;
        }
        return connected;
    }

    boolean anyConnected() {
        return connected(contact -> true) > 0;
    }

    /** Untried sources first; one that failed is asked again only when nobody else of its kind is left. */
    private boolean connectNext(Predicate<Contact> fits, long nowNanos) {
        Contact next = contacts.untried(fits);
        if (next == null && connected(fits) == 0) {
            next = contacts.due(nowNanos, fits);
        }
        if (next == null) {
            return false;
        }
        connect(next, nowNanos);
        return true;
    }

    private void connect(Contact contact, long nowNanos) {
        Session session = new Session(contact, geometry, sessionOwner, transfer, setting.loop()::nowNanos);
        SourceRequest what = new SourceRequest(root, label, geometry.size(), setting.blocks());
        Optional<Source> source = setting.sources().create(contact.row(), what, session);
        if (source.isPresent()) {
            setting.crowd().joined();
            session.start(source.get());
        } else {
            contact.drop(DropReason.UNSUPPORTED, "", nowNanos, 0);
        }
    }

    /** Ends a session for a reason; false when it was known already that this source is dropped for that. */
    boolean drop(Session session, DropReason reason, String detail, long retryAfterSeconds) {
        Contact contact = session.contact;
        boolean current = contact.session() == session;
        if (current) {
            close(session);
        }
        // A wrong piece may be found out after its source has left: it stays out all the same.
        boolean counts = current || reason == DropReason.LIED && contact.isRetriable();
        return counts && contact.drop(reason, detail, setting.loop().nowNanos(), retryAfterSeconds);
    }

    private void close(Session session) {
        setting.crowd().left();
        session.close();
    }

    void closeAll() {
        long nowNanos = setting.loop().nowNanos();
        for (Contact contact : contacts.all()) {
            if (contact.session() != null) {
                close(contact.session());
                contact.ended(nowNanos);
            }
        }
    }

    List<SourceReport> reports() {
        return contacts.reports(setting.loop().nowNanos());
    }

    /** Who was dropped and why, for a person; empty when nobody was. */
    String losses() {
        return reports().stream()
                .filter(report -> report.dropped().isPresent())
                .map(Recruiter::describe)
                .collect(Collectors.joining("; "));
    }

    private static String describe(SourceReport report) {
        String text = report.name() + " " + report.dropped().orElseThrow().text();
        return report.detail().isEmpty() ? text : text + " (" + report.detail() + ")";
    }
}
