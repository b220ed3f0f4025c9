package p101.lobby;

/**
 * What may be said to everybody: each byte is sent to each member, so that a crowd must talk more slowly than a few. Pure. One
 * thread.
 */
final class Budget {
    private static final long SECOND = 1_000_000_000L;
    private static final long BURST_NANOS = SECOND * LobbyLimits.SAID_BYTES_AT_ONCE / LobbyLimits.SAID_BYTES_PER_SECOND;

    private final Pace members = new Pace(BURST_NANOS);
    private final Pace foreign = new Pace(BURST_NANOS);

    /** A member wants to say a line: how long it has to wait. */
    long reserve(int bytes, int hearers, long nowNanos) {
        return members.reserve(costNanos(bytes, hearers), nowNanos);
    }

    /**
     * A line came through another door, where nobody can be told to wait.
     *
     * @return whether there is room for it; otherwise all who read a little slowly would be dropped for its sake
     */
    boolean takeForeign(int bytes, int hearers, long nowNanos) {
        if (foreign.debtNanos(nowNanos) > BURST_NANOS) {
            return false;
        }
        foreign.reserve(costNanos(bytes, hearers), nowNanos);
        return true;
    }

    private static long costNanos(int bytes, int hearers) {
        long one = bytes * SECOND / LobbyLimits.SAID_BYTES_PER_SECOND;
        long all = bytes * SECOND / LobbyLimits.FAN_OUT_BYTES_PER_SECOND * Math.max(1, hearers);
        return Math.max(one, all);
    }
}
