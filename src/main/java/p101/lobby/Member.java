package p101.lobby;

import p101.model.Endpoint;
import p101.model.PeerName;

/**
 * One connection to the {@link Lobby}: what its lines mean is decided here. It waits until it has an alias, then it is a member,
 * until it has left; there is no way back. One thread.
 */
final class Member {
    private static final long LINE_NANOS = 1_000_000_000L / LobbyLimits.LINES_PER_SECOND;

    private final Lobby lobby;
    private final long key;
    private final Endpoint remote;
    private final View view;
    private final Outbox out;
    private final Identity identity;
    private final Liveness liveness;
    private boolean privileged;
    private int wrongSecrets;
    private boolean gone;

    /**
     * @param key tells it apart in the registry
     */
    Member(Lobby lobby, long key, Endpoint remote, View view, Outbox out, long nowNanos) {
        this.lobby = lobby;
        this.key = key;
        this.remote = remote;
        this.view = view;
        this.out = out;
        this.identity = new Identity(lobby, this, new Sharing(lobby.setting().registry(), key, remote.address()));
        this.liveness = new Liveness(nowNanos);
    }

    long key() {
        return key;
    }

    /** {@link PeerName#NONE} as long as it waits. */
    PeerName alias() {
        return identity.alias();
    }

    Endpoint remote() {
        return remote;
    }

    View view() {
        return view;
    }

    int port() {
        return identity.sharing().port();
    }

    int fileCount() {
        return identity.sharing().files().size();
    }

    boolean isPrivileged() {
        return privileged;
    }

    void send(byte[] line) {
        out.send(line);
    }

    /** Something came from the other side. */
    void heard(long nowNanos) {
        liveness.heard(nowNanos);
    }

    /** Somebody else wants its alias: is it still there? */
    void contested(long nowNanos) {
        liveness.contested(nowNanos);
        tick(nowNanos);
    }

    /**
     * Does what a line says.
     *
     * @return what is still to be made of the answer, or {@code null} when everything is said
     */
    Work handle(Order order, long nowNanos) {
        liveness.heard(nowNanos);
        if (gone) {
            return null;
        }
        if (order instanceof Order.Say say) {
            return say(say.text());
        } else if (order instanceof Order.Register register) {
            return identity.become(register.alias(), register.port(), register.files(), nowNanos);
        } else if (order instanceof Order.SetNick nick) {
            return identity.rename(nick.alias(), nowNanos);
        } else if (order instanceof Order.SetSharedFiles files) {
            return identity.share(files.files());
        } else if (order instanceof Order.Pro pro) {
            return prove(pro.secret(), nowNanos);
        } else if (order instanceof Order.Kick kick) {
            return kick(kick.alias(), nowNanos);
        } else if (order instanceof Order.Exit) {
            ok("bye");
            leave("said /exit", nowNanos);
            out.hangUp();
            return null;
        } else if (order instanceof Order.Keepalive) {
            liveness.answersPings();
            return ok("answer each PING with /pong");
        } else if (order instanceof Order.Ping) {
            return ok("pong");
        } else if (order instanceof Order.Wrong mistake) {
            return wrong(mistake.problem(), mistake.text());
        }
        return Questions.answer(order, lobby, this);
    }

    /**
     * Takes its share of time for an order.
     *
     * @param pace of this connection
     * @return nanoseconds until the order may be handled
     */
    long reserve(Order order, Pace pace, long nowNanos) {
        long cost = Questions.isListing(order) ? LobbyLimits.LISTING_LINES * LINE_NANOS : LINE_NANOS;
        long waitNanos = pace.reserve(cost, nowNanos);
        if (order instanceof Order.Say say && identity.isNamed()) {
            int bytes = Wording.bytes(Wording.said(alias().value(), say.text())).length;
            return Math.max(waitNanos, lobby.reserve(bytes, nowNanos));
        }
        return waitNanos;
    }

    /** Looks whether it is still there. */
    void tick(long nowNanos) {
        if (gone) {
            return;
        }
        if (out.isStalled(nowNanos)) {
            lobby.tally().countSlowReader();
            leave("does not read", nowNanos);
            out.drop();
        } else if (!identity.isNamed() && liveness.hasWaited(nowNanos)) {
            dismiss("nobody has said who you are for too long", nowNanos);
        } else if (liveness.isSilent(nowNanos)) {
            lobby.tally().countSilent();
            leave("is silent", nowNanos);
            out.drop();
        } else if (liveness.isPingDue(nowNanos)) {
            liveness.pinged(nowNanos);
            send(Wording.bytes(Wording.PING));
        }
    }

    /** Sends it away. */
    void dismiss(String why, long nowNanos) {
        if (!gone) {
            send(Wording.bytes(Wording.notice(why)));
            leave(why, nowNanos);
            out.hangUp();
        }
    }

    /** The connection is gone, and so is everything that came over it. May be called again. */
    void leave(String how, long nowNanos) {
        if (!gone) {
            gone = true;
            identity.leave(nowNanos);
            lobby.left(this, how);
        }
    }

    private Work say(String text) {
        if (!identity.isNamed()) {
            return wrong(Problem.NOT_NAMED, "say who you are first: /setNick ALIAS, or /register ALIAS PORT FILE...");
        }
        if (privileged && lobby.setting().privileges().isIn(text)) {
            return wrong(Problem.NOT_ALLOWED, "that line holds the secret: it was not said");
        }
        return switch (lobby.say(this, text)) {
            case HEARD -> null;
            case TOO_LONG -> wrong(Problem.TOO_LONG, "the line is too long for the room: send it in parts");
            default -> wrong(Problem.BUSY, "the room is closed: try again later");
        };
    }

    private Work prove(String secret, long nowNanos) {
        if (privileged) {
            return ok("you are privileged");
        }
        return switch (lobby.setting().privileges().check(secret, remote.address(), nowNanos)) {
            case RIGHT -> {
                privileged = true;
                if (identity.isNamed()) {
                    lobby.roster().promote();
                }
                lobby.note("PRO", who());
                yield ok("you are privileged");
            }
            case WRONG -> wrongSecret(nowNanos);
            case TOO_MANY ->
                wrong(Problem.SECRET, "too many wrong secrets came from your address: try again in ten minutes");
            case NONE -> wrong(Problem.NOT_ALLOWED, "nobody is privileged here");
        };
    }

    private Work wrongSecret(long nowNanos) {
        lobby.tally().countWrongSecret();
        lobby.note("WRONG-SECRET", who());
        wrong(Problem.SECRET, "that is not the secret");
        if (++wrongSecrets >= LobbyLimits.SECRETS_PER_CONNECTION) {
            dismiss("too many wrong secrets", nowNanos);
        }
        return null;
    }

    private String who() {
        return (identity.isNamed() ? alias() : "somebody") + " from " + remote;
    }

    private Work kick(PeerName target, long nowNanos) {
        if (!privileged) {
            return wrong(Problem.NOT_ALLOWED, "only privileged members may remove somebody");
        }
        Member member = lobby.roster().holder(Aliases.key(target));
        if (member == null || !member.identity.isNamed()) {
            return wrong(Problem.NOT_FOUND, "nobody here is called " + target);
        }
        ok(member.alias() + " is removed");
        member.dismiss("removed by " + (identity.isNamed() ? alias() : "a privileged person"), nowNanos);
        return null;
    }

    private Work ok(String text) {
        send(Wording.bytes(Wording.ok(text)));
        return null;
    }

    /** Refuses an order; nothing more is to be made of the answer. */
    Work wrong(Problem problem, String text) {
        lobby.tally().countMistake();
        send(Wording.bytes(Wording.error(problem, text)));
        return null;
    }
}
