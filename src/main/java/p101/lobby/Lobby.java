package p101.lobby;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import p101.model.Endpoint;
import p101.registry.OwnerId;
import p101.room.Door;
import p101.room.Said;
import p101.room.Seat;
import p101.room.Sentence;

/** What all members share: decides over the room and the registry, knows no socket. One thread, the room's. */
final class Lobby {
    private final LobbySetting setting;
    private final LongSupplier nanoClock;
    private final LobbyTally tally;
    private final Roster roster;
    private final Budget budget = new Budget();
    private final Seat seat;
    private final Map<Long, Member> byKey = new HashMap<>();
    private final Set<Member> waiting = new LinkedHashSet<>();
    private final Set<Member> audience = new LinkedHashSet<>();

    /**
     * @param nanoClock for what other doors say, which comes without a time
     */
    Lobby(LobbySetting setting, LongSupplier nanoClock, LobbyTally tally) {
        this.setting = setting;
        this.nanoClock = nanoClock;
        this.tally = tally;
        this.roster = new Roster(setting.limits());
        this.seat = setting.room().join(new Ear());
    }

    /** What the others say. */
    private final class Ear implements Door {
        @Override
        public String name() {
            return Wording.DOOR;
        }

        @Override
        public void hear(Sentence sentence) {
            byte[] line = Wording.bytes(Wording.said(sentence));
            if (!budget.takeForeign(line.length, audience.size(), nanoClock.getAsLong())) {
                tally.countUnheard();
                return;
            }
            sendToAll(line, null);
            note("SAY", sentence.door() + " " + sentence.speaker() + ": " + sentence.text());
        }
    }

    /**
     * Somebody connected.
     *
     * @param local the address that it reached us under
     */
    Member enter(Endpoint remote, InetAddress local, Outbox out, long nowNanos) {
        long key;
        do {
            key = setting.randomness().nextLong();
        } while (key == 0 || byKey.containsKey(key));
        View view = new View(remote.address(), setting.advertise().orElse(local));
        Member member = new Member(this, key, remote, view, out, nowNanos);
        if (waiting.size() >= LobbyLimits.WAITING) {
            waiting.iterator().next().dismiss("somebody else needs your place: say who you are sooner", nowNanos);
        }
        byKey.put(key, member);
        waiting.add(member);
        out.send(Wording.bytes(Wording.GREETING));
        return member;
    }

    /** Looks who is silent, waits for too long, or does not read; about once a second. */
    void tick(long nowNanos) {
        List<Member> all = new ArrayList<>(byKey.values());
        all.forEach(member -> member.tick(nowNanos));
    }

    /** Sends everybody away and leaves the room. */
    void close(long nowNanos) {
        seat.leave();
        List<Member> all = new ArrayList<>(byKey.values());
        all.forEach(member -> member.dismiss("the lobby closes", nowNanos));
    }

    // ---- for its members ----

    LobbySetting setting() {
        return setting;
    }

    Roster roster() {
        return roster;
    }

    LobbyTally tally() {
        return tally;
    }

    /** Those who are in the lobby, in the order in which they came. */
    List<Member> members() {
        return List.copyOf(audience);
    }

    int memberCount() {
        return audience.size();
    }

    boolean isOurs(OwnerId owner) {
        return !owner.leased() && byKey.containsKey(owner.key());
    }

    /** What was said lately, as much as a new member is shown; empty when nothing was. */
    String history() {
        List<Sentence> recent = seat.recent();
        List<String> lines = new ArrayList<>();
        int bytes = 0;
        for (int i = recent.size() - 1; i >= 0 && lines.size() < LobbyLimits.HISTORY_LINES; i--) {
            Sentence sentence = recent.get(i);
            String instant = java.time.Instant.ofEpochSecond(Math.floorDiv(sentence.unixMillis(), 1_000L))
                    .toString();
            String line = "* " + instant + " " + Wording.said(sentence);
            bytes += Wording.bytes(line).length;
            if (bytes > LobbyLimits.HISTORY_BYTES) {
                break;
            }
            lines.add(0, line);
        }
        return String.join("", lines);
    }

    /** How long a line of so many bytes has to wait until it may be said. */
    long reserve(int bytes, long nowNanos) {
        return budget.reserve(bytes, audience.size(), nowNanos);
    }

    /** Tells what a member says to all others, in the lobby and behind the other doors. */
    Said say(Member from, String text) {
        String alias = from.alias().value();
        Said said = seat.say(alias, text);
        if (said == Said.HEARD) {
            sendToAll(Wording.bytes(Wording.said(alias, text)), from);
            tally.countSaid();
            note("SAY", Wording.DOOR + " " + alias + ": " + text);
        }
        return said;
    }

    void joined(Member member) {
        waiting.remove(member);
        if (audience.size() < LobbyLimits.NOTICE_MEMBERS) {
            sendToAll(Wording.bytes(Wording.notice(member.alias() + " joined")), member);
        }
        audience.add(member);
        tally.countJoin();
        note(
                "JOIN",
                member.alias() + " from " + member.remote() + " port " + member.port() + " files "
                        + member.fileCount());
    }

    void renamed(Member member, String oldAlias) {
        String change = oldAlias + " is now " + member.alias();
        if (audience.size() <= LobbyLimits.NOTICE_MEMBERS) {
            sendToAll(Wording.bytes(Wording.notice(change)), member);
        }
        note("RENAME", change);
    }

    /**
     * @param how completes "ann left: ..."
     */
    void left(Member member, String how) {
        byKey.remove(member.key());
        waiting.remove(member);
        if (audience.remove(member)) {
            if (audience.size() < LobbyLimits.NOTICE_MEMBERS) {
                sendToAll(Wording.bytes(Wording.notice(member.alias() + " left: " + how)), null);
            }
            note("LEAVE", member.alias() + " from " + member.remote() + ": " + how);
        }
    }

    void note(String event, String text) {
        setting.journal().note(event, setting.privileges().masked(text));
    }

    private void sendToAll(byte[] line, Member except) {
        for (Member member : audience) {
            if (member != except) {
                member.send(line);
            }
        }
    }
}
