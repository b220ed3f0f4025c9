package p101.lobby;

import java.util.List;
import java.util.function.Consumer;
import p101.model.FileName;
import p101.model.PeerName;
import p101.registry.Refusal;

/**
 * The alias of one connection, its place in the lobby, and what it lists. An alias is claimed before it is looked for elsewhere
 * and noted in the registry, so that nobody else gets it meanwhile; when that fails everything is as before. One change at a
 * time; one thread. spec/LOBBY.md, sections 5 and 6.
 */
final class Identity {
    private final Lobby lobby;
    private final Member member;
    private final Sharing sharing;
    private PeerName alias = PeerName.NONE;
    /** Key of the alias that a change is under way for; {@code null} when there is none. */
    private String wantedKey;

    private boolean gone;

    Identity(Lobby lobby, Member member, Sharing sharing) {
        this.lobby = lobby;
        this.member = member;
        this.sharing = sharing;
    }

    /** {@link PeerName#NONE} as long as it has none. */
    PeerName alias() {
        return alias;
    }

    boolean isNamed() {
        return !alias.isNone();
    }

    Sharing sharing() {
        return sharing;
    }

    /** Changes the alias, or gets the first one; keeps port and files. */
    Work rename(PeerName wanted, long nowNanos) {
        return become(wanted, sharing.port(), sharing.files(), nowNanos);
    }

    /** Sets all that others see. */
    Work become(PeerName wanted, int port, List<FileName> files, long nowNanos) {
        String key = Aliases.key(wanted);
        Member holder = lobby.roster().holder(key);
        if (holder != null && holder != member) {
            holder.contested(nowNanos);
            return member.wrong(Problem.TAKEN, "somebody is called " + wanted + " already: choose another alias");
        }
        if (!isNamed() && !lobby.roster().takePlace(member.isPrivileged())) {
            return member.wrong(Problem.FULL, "no place is left here: try again later");
        }
        lobby.roster().claim(key, member);
        wantedKey = key;
        if (wanted.equals(alias)) {
            return (now, part) -> change(wanted, port, files, now, part);
        }
        return new NameCheck(
                lobby.setting().registry(), wanted, member.remote().address(), lobby::isOurs, (taken, now, part) -> {
                    if (taken) {
                        part.accept(giveUp(
                                Problem.TAKEN, "a peer elsewhere shares as " + wanted + ": choose another alias"));
                    } else {
                        change(wanted, port, files, now, part);
                    }
                });
    }

    /** Lists other files. */
    Work share(List<FileName> files) {
        if (!isNamed()) {
            return member.wrong(Problem.NOT_NAMED, "say who you are first: /register ALIAS PORT FILE...");
        }
        wantedKey = Aliases.key(alias);
        return (now, part) -> change(alias, sharing.port(), files, now, part);
    }

    /** Everything is given back. */
    void leave(long nowNanos) {
        gone = true;
        sharing.leave(nowNanos);
        if (isNamed() || wantedKey != null) {
            lobby.roster().leavePlace(member.isPrivileged());
        }
        if (wantedKey != null) {
            lobby.roster().release(wantedKey, member);
        }
        if (isNamed()) {
            lobby.roster().release(Aliases.key(alias), member);
        }
    }

    private void change(PeerName wanted, int port, List<FileName> files, long nowNanos, Consumer<Work.Part> part) {
        if (gone) {
            part.accept(Work.NOTHING_MORE);
        } else {
            sharing.change(wanted, port, files, nowNanos, refusal -> part.accept(changed(wanted, refusal)));
        }
    }

    private Work.Part changed(PeerName wanted, Refusal refusal) {
        if (gone) {
            return Work.NOTHING_MORE;
        }
        if (refusal != null) {
            return refused(refusal, wanted);
        }
        PeerName before = alias;
        alias = wanted;
        if (!before.isNone() && !Aliases.key(before).equals(wantedKey)) {
            lobby.roster().release(Aliases.key(before), member);
        }
        wantedKey = null;
        int files = sharing.files().size();
        String ok = Wording.ok("you are " + alias + ", port " + sharing.port() + ", " + Wording.files(files));
        if (before.isNone()) {
            // The history first: what is said from now on comes as it is said.
            String history = lobby.history();
            lobby.joined(member);
            return new Work.Part(ok + history, true);
        }
        if (!before.equals(alias)) {
            lobby.renamed(member, before.value());
        }
        return new Work.Part(ok, true);
    }

    private Work.Part refused(Refusal refusal, PeerName wanted) {
        return switch (refusal) {
            case CONFLICT ->
                giveUp(
                        Problem.CONFLICT,
                        "somebody else shares one of these files as " + wanted + ": choose another alias");
            case UNAVAILABLE -> giveUp(Problem.BUSY, "the index cannot note it just now: try again later");
            default -> giveUp(Problem.LIMIT, "the index takes no more from there: list fewer files");
        };
    }

    /** The wanted alias is free again, and so is the place if there was no alias before. */
    private Work.Part giveUp(Problem problem, String text) {
        if (gone) {
            return Work.NOTHING_MORE;
        }
        if (!isNamed()) {
            lobby.roster().leavePlace(member.isPrivileged());
        }
        if (!isNamed() || !wantedKey.equals(Aliases.key(alias))) {
            lobby.roster().release(wantedKey, member);
        }
        wantedKey = null;
        lobby.tally().countMistake();
        return new Work.Part(Wording.error(problem, text), true);
    }
}
