package p101.lobby;

import java.net.InetAddress;
import java.util.Optional;
import p101.model.Randomness;
import p101.registry.Registry;
import p101.room.Room;

/**
 * What a lobby works with.
 *
 * @param registry its outcomes must come on the loop's thread
 * @param room the conversation that it is a door of
 * @param journal takes down joins, leaves and what is said
 * @param advertise the address under which peers on this machine's loopback are shown to others; empty = the one that was
 *     asked
 * @param randomness unguessable, for what tells connections apart
 */
public record LobbySetting(
        Registry registry,
        Room room,
        LobbyLimits limits,
        Privileges privileges,
        Journal journal,
        Optional<InetAddress> advertise,
        Randomness randomness) {
    /** Without privileged members and without a log. */
    public static LobbySetting of(Registry registry, Room room, Randomness randomness) {
        return new LobbySetting(
                registry, room, LobbyLimits.DEFAULT, Privileges.none(), Journal.NONE, Optional.empty(), randomness);
    }

    public LobbySetting withLimits(LobbyLimits other) {
        return new LobbySetting(registry, room, other, privileges, journal, advertise, randomness);
    }

    public LobbySetting withPrivileges(Privileges other) {
        return new LobbySetting(registry, room, limits, other, journal, advertise, randomness);
    }

    public LobbySetting withJournal(Journal other) {
        return new LobbySetting(registry, room, limits, privileges, other, advertise, randomness);
    }
}
