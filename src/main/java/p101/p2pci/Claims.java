package p101.p2pci;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import p101.model.PeerName;

/**
 * Rows that more than one connection added: the first one holds the row in the registry, the others wait here. So a program
 * that connects again before its old connection is known to be dead does not lose its rows when that is found out. One
 * thread.
 */
final class Claims {
    private final Map<Key, Deque<Claim>> waiting = new HashMap<>();

    /** What a row of the registry is known by. */
    record Key(PeerName peer, RfcNumber number) {}

    /** A connection that would hold the row too. */
    record Claim(Visit visit, Row row) {}

    /** The visit waits for the row; once, however often it asks. */
    void add(Key key, Visit visit, Row row) {
        Deque<Claim> queue = waiting.computeIfAbsent(key, absent -> new ArrayDeque<>(2));
        queue.removeIf(claim -> claim.visit() == visit);
        queue.add(new Claim(visit, row));
    }

    /** The visit waits for nothing any more. */
    void forget(Visit visit, Iterable<Key> keys) {
        for (Key key : keys) {
            Deque<Claim> queue = waiting.get(key);
            if (queue != null) {
                queue.removeIf(claim -> claim.visit() == visit);
                if (queue.isEmpty()) {
                    waiting.remove(key);
                }
            }
        }
    }

    /** Takes the first that waits for each of these rows, whose holder is gone. */
    List<Claim> heirs(Iterable<Key> keys) {
        List<Claim> heirs = new ArrayList<>();
        for (Key key : keys) {
            Deque<Claim> queue = waiting.get(key);
            if (queue != null) {
                heirs.add(queue.remove());
                if (queue.isEmpty()) {
                    waiting.remove(key);
                }
            }
        }
        return heirs;
    }

    boolean isWaitedFor(Key key) {
        return waiting.containsKey(key);
    }
}
