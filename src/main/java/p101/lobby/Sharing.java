package p101.lobby;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.Outcome;
import p101.registry.OwnerId;
import p101.registry.Refusal;
import p101.registry.Registry;

/**
 * What one member has in the registry: its presence and a row for each file, all owned by its connection. A change is done
 * wholly or not at all. spec/LOBBY.md, section 6. One change at a time; one thread.
 */
final class Sharing {
    private final Registry registry;
    private final long key;
    private final InetAddress source;
    private OwnerId owner;
    private PeerName alias = PeerName.NONE;
    private Set<FileName> files = Set.of();
    private int lastTx;
    private boolean left;

    Sharing(Registry registry, long key, InetAddress source) {
        this.registry = registry;
        this.key = key;
        this.source = source;
    }

    /** The port that the member named; 0 when it named none. */
    int port() {
        return owner == null ? 0 : owner.place().port();
    }

    List<FileName> files() {
        return List.copyOf(files);
    }

    /**
     * Sets alias, port and files.
     *
     * @param done called exactly once, perhaps before this returns, with the reason why nothing was changed, or {@code null}
     */
    void change(PeerName newAlias, int port, List<FileName> newFiles, long nowNanos, Consumer<Refusal> done) {
        OwnerId next = OwnerId.ofConnection(key, new Endpoint(source, port));
        boolean keepsRows = next.equals(owner) && newAlias.equals(alias);
        List<FileName> toAdd = new ArrayList<>();
        for (FileName file : newFiles) {
            if (!keepsRows || !files.contains(file)) {
                toAdd.add(file);
            }
        }
        Change change = new Change(next, newAlias, new LinkedHashSet<>(newFiles), toAdd.size() + 1, nowNanos, done);
        registry.apply(
                new Command.Refresh(next, ++lastTx, newAlias), nowNanos, outcome -> change.answered(null, outcome));
        for (FileName file : toAdd) {
            registry.apply(register(next, newAlias, file), nowNanos, outcome -> change.answered(file, outcome));
        }
    }

    /** The connection is gone: everything goes, also what is under way. */
    void leave(long nowNanos) {
        left = true;
        if (owner != null) {
            registry.apply(new Command.Leave(owner), nowNanos, ignored -> {});
        }
    }

    private Command register(OwnerId place, PeerName name, FileName file) {
        int flags = Way.flags(file, place.place().port());
        return new Command.Register(place, ++lastTx, name, file, ContentId.NONE, 0, flags, Extras.NONE);
    }

    private final class Change {
        private final OwnerId next;
        private final PeerName newAlias;
        private final Set<FileName> newFiles;
        private final long nowNanos;
        private final Consumer<Refusal> done;
        private final List<FileName> added = new ArrayList<>();
        private int awaited;
        private Refusal refusal;

        Change(
                OwnerId next,
                PeerName newAlias,
                Set<FileName> newFiles,
                int awaited,
                long nowNanos,
                Consumer<Refusal> done) {
            this.next = next;
            this.newAlias = newAlias;
            this.newFiles = newFiles;
            this.awaited = awaited;
            this.nowNanos = nowNanos;
            this.done = done;
        }

        /**
         * @param file {@code null} for the presence
         */
        void answered(FileName file, Outcome outcome) {
            if (outcome instanceof Outcome.Refused refused) {
                refusal = refusal == null ? refused.refusal() : refusal;
            } else if (file != null) {
                added.add(file);
            }
            if (--awaited > 0) {
                return;
            }
            if (left) {
                registry.apply(new Command.Leave(next), nowNanos, ignored -> {});
            } else if (refusal == null) {
                removeOld();
            } else {
                takeBack();
            }
            done.accept(refusal);
        }

        /** What was there and is not wanted any more. */
        private void removeOld() {
            if (next.equals(owner)) {
                for (FileName file : files) {
                    if (!newAlias.equals(alias) || !newFiles.contains(file)) {
                        remove(next, alias, file);
                    }
                }
            } else if (owner != null) {
                // Rows that stay have moved to the new owner already.
                registry.apply(new Command.Leave(owner), nowNanos, ignored -> {});
            }
            owner = next;
            alias = newAlias;
            files = newFiles;
        }

        private void takeBack() {
            if (!next.equals(owner)) {
                if (newAlias.equals(alias)) {
                    added.stream().filter(files::contains).forEach(this::moveBack);
                }
                registry.apply(new Command.Leave(next), nowNanos, ignored -> {});
                return;
            }
            added.forEach(file -> remove(next, newAlias, file));
            registry.apply(new Command.Refresh(owner, ++lastTx, alias), nowNanos, ignored -> {});
        }

        private void moveBack(FileName file) {
            registry.apply(register(owner, alias, file), nowNanos, ignored -> {});
        }

        private void remove(OwnerId place, PeerName name, FileName file) {
            registry.apply(new Command.Remove(place, ++lastTx, name, file), nowNanos, ignored -> {});
        }
    }
}
