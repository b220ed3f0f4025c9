package p101.registry;

import java.util.ArrayList;
import java.util.List;
import p101.model.ContentId;
import p101.model.PeerName;

/** Searches and walks: spec/PDU.md, sections 7.8 and 7.9. Each does a bounded amount of work. Under the lock of its registry. */
final class Lookups {
    private final Owners owners;
    private final RowIndex index;
    private final int mostLooks;

    Lookups(Owners owners, RowIndex index, int mostLooks) {
        this.owners = owners;
        this.index = index;
        this.mostLooks = mostLooks;
    }

    Outcome search(Command.Search command, long nowNanos) {
        long beforeId = beforeId(command.beforeId());
        if (command.file().isNone()) {
            if (command.content().isNone()) {
                return newest(null, command, beforeId, nowNanos);
            }
            Holders holders = index.holders(command.content());
            return holders == null ? new Outcome.NotFound() : newest(holders, command, beforeId, nowNanos);
        }
        Holders holders = index.holders(command.file());
        if (holders != null && !command.peer().isNone()) {
            holders = holders.of(command.peer());
        }
        return holders == null ? new Outcome.NotFound() : newest(holders, command, beforeId, nowNanos);
    }

    /** The newest row that fits among these holders, null = among all. */
    private Outcome newest(Holders holders, Command.Search command, long beforeId, long nowNanos) {
        Row row = holders == null ? index.all().below(beforeId) : holders.below(beforeId);
        int looks = 0;
        while (row != null) {
            if (fits(row, command) && row.isLive(nowNanos)) {
                return new Outcome.Found(row.snapshot());
            }
            looks++;
            long id = row.id;
            row = holders == null ? index.all().below(id) : holders.below(id);
            if (looks == mostLooks && row != null) {
                return new Outcome.Refused(Refusal.LOOKS_PER_REQUEST, 0);
            }
        }
        return new Outcome.NotFound();
    }

    /** Whether a row fits but for its file name: where one is searched, only rows of that name are looked at. */
    private static boolean fits(Row row, Command.Search command) {
        // Who names peer and file means that very row, also when it is no file but a sign where its peer can be
        // reached.
        boolean namesRow = !command.peer().isNone() && !command.file().isNone();
        int unwanted = (namesRow ? 0 : Registration.NOT_FETCHABLE) | (command.partialToo() ? 0 : Registration.PARTIAL);
        return (row.flags & unwanted) == 0
                && fits(row.contentBits, command.content())
                && fits(row.peer, command.peer());
    }

    private static boolean fits(long contentBits, ContentId wanted) {
        return wanted.isNone() || wanted.bits() == contentBits;
    }

    private static boolean fits(PeerName peer, PeerName wanted) {
        return wanted.isNone() || wanted.equals(peer);
    }

    Outcome walk(Command.Walk command, long nowNanos) {
        IdList all = index.all();
        List<Registration> rows = new ArrayList<>();
        long resumeId = command.afterId();
        int looks = 0;
        for (int slot = all.firstAfter(command.afterId()); slot < all.end(); slot++) {
            Row row = all.row(slot);
            if (row == null) {
                continue;
            }
            boolean fits = row.isLive(nowNanos) && row.file.value().contains(command.filter());
            boolean isFull = rows.size() == command.limit();
            if (looks == mostLooks || fits && isFull) {
                return new Outcome.Listed(rows, true, resumeId);
            }
            looks++;
            if (fits) {
                rows.add(row.snapshot());
            }
            if (!isFull) {
                resumeId = row.id;
            }
        }
        return new Outcome.Listed(rows, false, resumeId);
    }

    Outcome holders(Command.Holders command, long nowNanos) {
        List<Registration> rows = new ArrayList<>();
        long resumeId = beforeId(command.beforeId());
        Holders holders = index.holders(command.file());
        Row row = holders == null ? null : holders.below(resumeId);
        for (int looks = 0; row != null; looks++) {
            if (looks == mostLooks || rows.size() == command.limit()) {
                return new Outcome.Listed(rows, true, resumeId);
            }
            if (row.isLive(nowNanos)) {
                rows.add(row.snapshot());
            }
            resumeId = row.id;
            row = holders.below(resumeId);
        }
        return new Outcome.Listed(rows, false, resumeId);
    }

    Outcome peers(Command.Peers command, long nowNanos) {
        return present(owners.there().tailMap(command.afterNumber(), false).values(), command.limit(), nowNanos);
    }

    Outcome named(Command.Named command, long nowNanos) {
        return present(owners.named(command.peer()), command.limit(), nowNanos);
    }

    private static Outcome present(Iterable<Owner> all, int limit, long nowNanos) {
        List<Presence> present = new ArrayList<>();
        for (Owner owner : all) {
            if (!owner.isLive(nowNanos)) {
                continue;
            }
            if (present.size() == limit) {
                return new Outcome.Present(present, true);
            }
            present.add(owner.snapshot());
        }
        return new Outcome.Present(present, false);
    }

    private static long beforeId(long wanted) {
        return wanted == 0 ? Long.MAX_VALUE : wanted;
    }
}
