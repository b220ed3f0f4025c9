package p101.lobby;

/**
 * How much a lobby takes. Rows count against the registry's own limits too. spec/LOBBY.md, section 9.
 *
 * @param members most members, reserved places included
 * @param reserved places of those that only privileged members get
 * @param connectionsPerAddress connections from one IPv4 address or one IPv6 /64 network
 * @param filesPerMember files that one member may share
 * @param queueBytes most bytes that wait for one member to read them
 */
public record LobbyLimits(int members, int reserved, int connectionsPerAddress, int filesPerMember, int queueBytes) {
    /** A thousand members, wherever they come from. */
    public static final LobbyLimits DEFAULT = new LobbyLimits(1_000, 0, 1_024, 1_000, 65_536);

    /** Most bytes of a line from a member, its end not counted. */
    public static final int LINE_BYTES = 16_384;

    /** A line that goes on for so long without an end is no mistake any more. */
    public static final int FLOOD_BYTES = 1 << 20;

    /** Most bytes of what is said in one line, after it was made safe to print. */
    public static final int TEXT_BYTES = 2_000;

    /** Connections that may wait without a name; beyond that the oldest of them goes. */
    public static final int WAITING = 128;

    /** Connections above the members and those that wait: so that the oldest that waits can be sent away for a new one. */
    static final int SPARE_CONNECTIONS = 64;

    /** How long a connection may do without a name. */
    public static final long WAITING_NANOS = 300_000_000_000L;

    /** Lines of one member each second in the long run; what comes faster is read later. */
    public static final int LINES_PER_SECOND = 10;

    /** Lines of one member that may come at once. */
    public static final int LINES_AT_ONCE = 40;

    /** An order that looks at the whole registry counts as so many lines. */
    static final int LISTING_LINES = 5;

    /** Bytes that are said to one member each second in the long run. */
    public static final int SAID_BYTES_PER_SECOND = 262_144;

    /** Bytes that are said each second to all members together. */
    public static final int FAN_OUT_BYTES_PER_SECOND = 64 << 20;

    /** Bytes that may be said at once; half of a member's queue, so that nobody who reads is dropped for it. */
    public static final int SAID_BYTES_AT_ONCE = 32_768;

    /** Joins and leaves are told to all only while there are no more members than this: they would cost n squared. */
    public static final int NOTICE_MEMBERS = 100;

    /** Lines that a new member is shown of what was said before. */
    public static final int HISTORY_LINES = 20;

    /** Most bytes of those lines. */
    public static final int HISTORY_BYTES = 16_384;

    /** A client that answers pings is asked so often. */
    public static final long PING_NANOS = 20_000_000_000L;

    /** A client that answers pings and has not is gone after so long a silence. */
    public static final long SILENCE_NANOS = 50_000_000_000L;

    /** The same when somebody else wants its name. */
    public static final long CONTESTED_NANOS = 5_000_000_000L;

    /** How long a member may take none of the bytes that wait for it. */
    public static final long STALL_NANOS = 30_000_000_000L;

    /** A machine that says nothing for so long is probed by TCP. */
    static final int KEEP_ALIVE_SECONDS = 30;

    /** Wrong secrets on one connection; then it is closed. */
    public static final int SECRETS_PER_CONNECTION = 3;

    /** Wrong secrets from one address in {@link #SECRETS_NANOS}; then none is looked at. */
    public static final int SECRETS_PER_ADDRESS = 10;

    /** How long a wrong secret counts against its address. */
    public static final long SECRETS_NANOS = 600_000_000_000L;

    /**
     * @throws IllegalArgumentException when a limit is below 1, or more places are reserved than there are
     */
    public LobbyLimits {
        if (Math.min(Math.min(members, connectionsPerAddress), filesPerMember) < 1 || queueBytes < SAID_BYTES_AT_ONCE) {
            throw new IllegalArgumentException("each limit of a lobby is 1 or more, its queue " + SAID_BYTES_AT_ONCE);
        }
        if (reserved < 0 || reserved > members) {
            throw new IllegalArgumentException("a lobby reserves none of its places, some, or all");
        }
    }

    public LobbyLimits withMembers(int most) {
        return new LobbyLimits(most, Math.min(reserved, most), connectionsPerAddress, filesPerMember, queueBytes);
    }

    public LobbyLimits withReserved(int places) {
        return new LobbyLimits(members, places, connectionsPerAddress, filesPerMember, queueBytes);
    }

    public LobbyLimits withConnectionsPerAddress(int most) {
        return new LobbyLimits(members, reserved, most, filesPerMember, queueBytes);
    }

    /** Most connections that a port takes. */
    int connections() {
        return members + WAITING + SPARE_CONNECTIONS;
    }
}
