package p101.content;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import p101.loop.Acceptor;

/**
 * Which connection makes room when a newcomer finds the server full: the one that has been idle longest (spec/PDU.md, section 9, rule
 * 7). All are looked at from time to time only, so that a flood of newcomers costs little; in between what was found is used up.
 * Loop thread.
 */
final class IdleConnections {
    /** Whoever is idle for a shorter time is about to ask something, or has been here for a moment only. */
    static final long MIN_IDLE_NANOS = 5_000_000_000L;

    /** Time between two looks at all connections. */
    static final long LOOK_NANOS = 100_000_000L;

    /** A connection that may be given up. */
    interface Candidate {
        InetAddress address();

        /** How long nothing has been owed or begun there; negative when something is, or it cannot be known. */
        long idleNanos(long nowNanos);

        void giveUp();
    }

    private final Deque<Candidate> all = new ArrayDeque<>();
    private final Map<Long, Deque<Candidate>> byGroup = new HashMap<>();
    private long lookedNanos;
    private boolean lookedBefore;

    /**
     * Gives up the connection that has been idle longest, if one has been for long enough.
     *
     * @param connections all there are
     * @param from the newcomer
     * @param sameAddress whether only a connection of the newcomer's address makes room for it
     * @return whether there is room now
     */
    boolean makeRoom(
            Collection<? extends Candidate> connections, InetAddress from, boolean sameAddress, long nowNanos) {
        if (giveUpFirst(found(from, sameAddress), nowNanos)) {
            return true;
        }
        if (lookedBefore && nowNanos - lookedNanos < LOOK_NANOS) {
            return false;
        }
        look(connections, nowNanos);
        return giveUpFirst(found(from, sameAddress), nowNanos);
    }

    private Deque<Candidate> found(InetAddress from, boolean sameAddress) {
        return sameAddress ? byGroup.getOrDefault(Acceptor.groupOf(from), new ArrayDeque<>()) : all;
    }

    private void look(Collection<? extends Candidate> connections, long nowNanos) {
        lookedBefore = true;
        lookedNanos = nowNanos;
        all.clear();
        byGroup.clear();
        List<Candidate> idle = new ArrayList<>();
        for (Candidate connection : connections) {
            if (isLongIdle(connection, nowNanos)) {
                idle.add(connection);
            }
        }
        idle.sort(Comparator.comparingLong((Candidate connection) -> connection.idleNanos(nowNanos))
                .reversed());
        for (Candidate connection : idle) {
            all.add(connection);
            byGroup.computeIfAbsent(Acceptor.groupOf(connection.address()), group -> new ArrayDeque<>())
                    .add(connection);
        }
    }

    /** Each stands in two queues, and may have been closed, or asked something, since it was found. */
    private static boolean giveUpFirst(Deque<Candidate> found, long nowNanos) {
        Candidate connection = found.poll();
        while (connection != null && !isLongIdle(connection, nowNanos)) {
            connection = found.poll();
        }
        if (connection == null) {
            return false;
        }
        connection.giveUp();
        return true;
    }

    private static boolean isLongIdle(Candidate connection, long nowNanos) {
        return connection.idleNanos(nowNanos) >= MIN_IDLE_NANOS;
    }
}
