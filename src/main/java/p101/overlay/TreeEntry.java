package p101.overlay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import p101.model.Endpoint;

/** What the root knows of one node, or of itself (then the address is {@code null}). One thread. */
final class TreeEntry {
    private final Endpoint address;
    private final Set<Form> forms = EnumSet.noneOf(Form.class);
    private final List<TreeEntry> children = new ArrayList<>();
    private final Deque<Endpoint> lostParents = new ArrayDeque<>();
    private TreeEntry parent;
    private long placedNanos;
    private long heardNanos;
    private boolean dead;
    private boolean joined;
    private boolean registered;
    private long registerViaId;

    TreeEntry(Endpoint address) {
        this.address = address;
    }

    /** {@code null} for the root. */
    Endpoint address() {
        return address;
    }

    boolean isRoot() {
        return address == null;
    }

    /** {@code null} when it has none. */
    TreeEntry parent() {
        return parent;
    }

    List<TreeEntry> children() {
        return children;
    }

    boolean isRegistered() {
        return registered;
    }

    /**
     * It has registered.
     *
     * @param viaId the connection that it did so on
     * @return whether it did so on another connection before
     */
    boolean register(Form form, long viaId) {
        boolean anew = registered && viaId != registerViaId;
        registered = true;
        registerViaId = viaId;
        forms.add(form);
        return anew;
    }

    /** It has to register again before it is given a parent. */
    void unregister() {
        registered = false;
        forms.clear();
    }

    boolean speaks(Form form) {
        return isRoot() || forms.contains(form);
    }

    Set<Form> forms() {
        return forms;
    }

    boolean isDead() {
        return dead;
    }

    boolean isJoined() {
        return joined;
    }

    /** Its place was confirmed by itself. */
    void confirm() {
        joined = true;
    }

    /** It is alive; returns whether that is news. */
    boolean heard(long nowNanos) {
        heardNanos = nowNanos;
        boolean revived = dead;
        dead = false;
        return revived;
    }

    void die() {
        dead = true;
    }

    long heardNanos() {
        return heardNanos;
    }

    long placedNanos() {
        return placedNanos;
    }

    /** Moves it, with all below it. */
    void place(TreeEntry under, long nowNanos) {
        detach();
        parent = under;
        under.children.add(this);
        placedNanos = nowNanos;
        joined = false;
    }

    void detach() {
        if (parent != null) {
            parent.children.remove(this);
            parent = null;
        }
    }

    /** It says that its parent is lost. */
    void loseParent() {
        if (parent == null) {
            return;
        }
        if (!parent.isRoot()) {
            lostParents.remove(parent.address);
            lostParents.addFirst(parent.address);
            if (lostParents.size() > OverlayLimits.LOST_PARENTS) {
                lostParents.removeLast();
            }
        }
        detach();
    }

    /** The parent that it lost last. */
    boolean lostLast(TreeEntry other) {
        return !other.isRoot() && other.address.equals(lostParents.peekFirst());
    }

    boolean hasLost(TreeEntry other) {
        return !other.isRoot() && lostParents.contains(other.address);
    }

    int liveChildren() {
        int live = 0;
        for (TreeEntry child : children) {
            live += child.dead ? 0 : 1;
        }
        return live;
    }

    /** Hops down to the deepest live node below. */
    int height() {
        int height = 0;
        for (TreeEntry child : children) {
            height = child.dead ? height : Math.max(height, 1 + child.height());
        }
        return height;
    }

    boolean isBelow(TreeEntry other) {
        for (TreeEntry up = this; up != null; up = up.parent) {
            if (up == other) {
                return true;
            }
        }
        return false;
    }
}
