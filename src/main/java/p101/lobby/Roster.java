package p101.lobby;

import java.util.HashMap;
import java.util.Map;

/** Who has which alias, and how many places are taken. One thread. spec/LOBBY.md, sections 5 and 7. */
final class Roster {
    private final LobbyLimits limits;
    private final Map<String, Member> byAlias = new HashMap<>();
    private int taken;
    private int takenByOrdinary;

    Roster(LobbyLimits limits) {
        this.limits = limits;
    }

    /** Who has the alias, or is about to get it; {@code null} when it is free. */
    Member holder(String aliasKey) {
        return byAlias.get(aliasKey);
    }

    void claim(String aliasKey, Member member) {
        byAlias.put(aliasKey, member);
    }

    void release(String aliasKey, Member member) {
        byAlias.remove(aliasKey, member);
    }

    /** Takes a place if there is one. */
    boolean takePlace(boolean privileged) {
        if (taken >= limits.members() || !privileged && takenByOrdinary >= limits.members() - limits.reserved()) {
            return false;
        }
        taken++;
        takenByOrdinary += privileged ? 0 : 1;
        return true;
    }

    void leavePlace(boolean privileged) {
        taken--;
        takenByOrdinary -= privileged ? 0 : 1;
    }

    /** A member with a place became privileged: it no longer counts among the ordinary ones. */
    void promote() {
        takenByOrdinary--;
    }

    int taken() {
        return taken;
    }
}
