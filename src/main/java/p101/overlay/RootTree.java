package p101.overlay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import p101.model.Endpoint;

/**
 * The tree as the root sees it: where it has placed whom, corrected by the paths of the hellos. Pure; one thread.
 * spec/OVERLAY.md, section 6.
 *
 * <p>A node is dead when it was silent for 36 s or could not be reached. A dead node, and what is below it, is nobody's parent,
 * but stays where it is: those below will ask for another place, and until they do they must not be placed above
 * themselves.
 */
final class RootTree {
    private final TreeEntry root = new TreeEntry(null);
    private final Map<Endpoint, TreeEntry> byAddress = new LinkedHashMap<>();

    TreeEntry root() {
        return root;
    }

    /** {@code null} when it is not known. */
    TreeEntry get(Endpoint address) {
        return byAddress.get(address);
    }

    int size() {
        return byAddress.size();
    }

    /** The entry of a node, a new one when need be; {@code null} when there are too many. */
    TreeEntry getOrAdd(Endpoint address, long nowNanos) {
        TreeEntry entry = byAddress.get(address);
        if (entry == null && (byAddress.size() < OverlayLimits.NODES || forgetOne())) {
            entry = new TreeEntry(address);
            entry.heard(nowNanos);
            byAddress.put(address, entry);
        }
        return entry;
    }

    /** Makes room by forgetting who has been dead for longest. */
    private boolean forgetOne() {
        TreeEntry oldest = null;
        for (TreeEntry entry : byAddress.values()) {
            if (isForgettable(entry) && (oldest == null || entry.heardNanos() - oldest.heardNanos() < 0)) {
                oldest = entry;
            }
        }
        if (oldest == null) {
            return false;
        }
        forget(oldest);
        return true;
    }

    private static boolean isForgettable(TreeEntry entry) {
        return entry.isDead() && entry.children().isEmpty();
    }

    private void forget(TreeEntry entry) {
        entry.detach();
        byAddress.remove(entry.address());
    }

    /**
     * The parent for a node: breadth-first the nearest to the root that has room and speaks the node's form; never the
     * node itself, what is below it, what is below a dead node, or the parent that it lost last.
     *
     * @param form {@code null} = any form that the node speaks
     * @return {@code null} when there is none
     */
    TreeEntry parentFor(TreeEntry asker, Form form) {
        TreeEntry fitting = search(asker, form, asker.height());
        // Better a sub-tree whose end hangs too deep than one that is cut off.
        return fitting == null ? search(asker, form, 0) : fitting;
    }

    private TreeEntry search(TreeEntry asker, Form form, int height) {
        TreeEntry secondChoice = null;
        List<TreeEntry> level = List.of(root);
        for (int depth = 0; depth + 1 + height <= OverlayLimits.DEPTH && !level.isEmpty(); depth++) {
            List<TreeEntry> next = new ArrayList<>();
            for (TreeEntry candidate : level) {
                if (mayBeParent(candidate, asker, form)) {
                    if (!asker.hasLost(candidate)) {
                        return candidate;
                    }
                    secondChoice = secondChoice == null ? candidate : secondChoice;
                }
                for (TreeEntry child : candidate.children()) {
                    if (child != asker && !child.isDead()) {
                        next.add(child);
                    }
                }
            }
            level = next;
        }
        return secondChoice;
    }

    private static boolean mayBeParent(TreeEntry candidate, TreeEntry asker, Form form) {
        boolean understood = form == null
                ? candidate.isRoot() || asker.forms().stream().anyMatch(candidate::speaks)
                : candidate.speaks(form);
        return understood && !asker.lostLast(candidate) && candidate.liveChildren() < OverlayLimits.CHILDREN;
    }

    /**
     * A hello has come this way: all on the path are alive, and each is the child of the next one, the last one ours.
     *
     * @return those of whom it is news that they are alive
     */
    List<TreeEntry> onPath(List<Endpoint> path, long nowNanos) {
        List<TreeEntry> revived = new ArrayList<>();
        TreeEntry above = root;
        for (int i = path.size() - 1; i >= 0; i--) {
            TreeEntry entry = getOrAdd(path.get(i), nowNanos);
            if (entry == null) {
                return revived;
            }
            if (entry.heard(nowNanos)) {
                revived.add(entry);
            }
            if (entry.parent() == above) {
                entry.confirm();
            } else if (isCorrection(entry, above, nowNanos)) {
                entry.place(above, nowNanos);
                entry.confirm();
            }
            above = entry;
        }
        return revived;
    }

    /**
     * Whether the path is right and we are wrong. A hello may be older than our last word to the node, so our own view stands
     * for as long as one can be on its way.
     */
    private static boolean isCorrection(TreeEntry entry, TreeEntry above, long nowNanos) {
        boolean outdated = entry.parent() == null || nowNanos - entry.placedNanos() >= OverlayTimes.SILENCE_NANOS;
        return outdated && !above.isBelow(entry) && above.liveChildren() < OverlayLimits.CHILDREN;
    }

    /** Those who have died since the last call. */
    List<TreeEntry> bury(long nowNanos) {
        List<TreeEntry> died = new ArrayList<>();
        for (TreeEntry entry : List.copyOf(byAddress.values())) {
            long silentNanos = nowNanos - entry.heardNanos();
            if (!entry.isDead() && silentNanos >= OverlayTimes.SILENCE_NANOS) {
                entry.die();
                died.add(entry);
            }
            if (isForgettable(entry) && silentNanos >= OverlayTimes.FORGET_NANOS) {
                forget(entry);
            }
        }
        return died;
    }

    /** All nodes, those nearest to the root first; then those that have no place. */
    List<TreeRow> rows() {
        List<TreeRow> rows = new ArrayList<>(byAddress.size());
        ArrayDeque<TreeEntry> left = new ArrayDeque<>(root.children());
        for (TreeEntry entry = left.poll(); entry != null; entry = left.poll()) {
            rows.add(row(entry));
            left.addAll(entry.children());
        }
        for (TreeEntry entry : byAddress.values()) {
            if (!entry.isBelow(root)) {
                rows.add(row(entry));
            }
        }
        return rows;
    }

    private TreeRow row(TreeEntry entry) {
        int depth = 0;
        boolean live = true;
        TreeEntry up = entry;
        for (; up.parent() != null; up = up.parent()) {
            depth++;
            live &= !up.isDead();
        }
        boolean placed = up == root;
        Endpoint parent = entry.parent() == null ? null : entry.parent().address();
        return new TreeRow(entry.address(), parent, placed ? depth : 0, live && placed, entry.isJoined());
    }
}
