package p101.overlay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import p101.model.Endpoint;

/** The children of one node, two at most. One thread. spec/OVERLAY.md, section 6. */
final class Children {
    private final Map<Endpoint, Child> byAddress = new LinkedHashMap<>();

    /** A neighbour below. */
    static final class Child {
        private final Endpoint address;
        private final Form form;
        private final Endpoint face;
        private long viaId;
        private long heardNanos;
        /** Whether its connection has ended. */
        private boolean absent;

        private Child(Endpoint address, Form form, Endpoint face, long viaId, long nowNanos) {
            this.address = address;
            this.form = form;
            this.face = face;
            this.viaId = viaId;
            this.heardNanos = nowNanos;
        }

        Endpoint address() {
            return address;
        }

        Form form() {
            return form;
        }

        /** Our own address, as the child knows it. */
        Endpoint face() {
            return face;
        }

        LinkKey link() {
            return new LinkKey(LinkRole.TREE, address);
        }

        private boolean isSilent(long nowNanos) {
            long allowed = absent ? OverlayTimes.ABSENCE_NANOS : OverlayTimes.SILENCE_NANOS;
            return nowNanos - heardNanos >= allowed;
        }

        private boolean isDoubtful(long nowNanos) {
            return absent || nowNanos - heardNanos >= OverlayTimes.DOUBTFUL_NANOS;
        }
    }

    Collection<Child> all() {
        return byAddress.values();
    }

    List<Endpoint> addresses() {
        return List.copyOf(byAddress.keySet());
    }

    Child get(Endpoint address) {
        return byAddress.get(address);
    }

    boolean contains(Endpoint address) {
        return byAddress.containsKey(address);
    }

    boolean isFull() {
        return byAddress.size() >= OverlayLimits.CHILDREN;
    }

    /** Whom a new child would take the place of; {@code null} when there is nobody to be doubted. */
    Child mostDoubtful(long nowNanos) {
        Child most = null;
        for (Child child : byAddress.values()) {
            if (child.isDoubtful(nowNanos) && (most == null || isBefore(child, most))) {
                most = child;
            }
        }
        return most;
    }

    private static boolean isBefore(Child a, Child b) {
        return a.absent == b.absent ? a.heardNanos - b.heardNanos < 0 : a.absent;
    }

    /**
     * Takes a child in.
     *
     * @param face our own address as it knows it
     * @throws IllegalStateException when there are two already
     */
    void add(Endpoint address, Form form, Endpoint face, Via via, long nowNanos) {
        byAddress.remove(address);
        if (isFull()) {
            throw new IllegalStateException("a third child");
        }
        byAddress.put(address, new Child(address, form, face, via.id(), nowNanos));
    }

    boolean remove(Endpoint address) {
        return byAddress.remove(address) != null;
    }

    /** The child has said something, on this connection. */
    void heard(Child child, Via via, long nowNanos) {
        child.heardNanos = nowNanos;
        child.viaId = via.id();
        child.absent = false;
    }

    /** The connection has ended: if it was a child's, the child may have left. */
    void onConnectionClosed(long viaId, long nowNanos) {
        for (Child child : byAddress.values()) {
            if (child.viaId == viaId && !child.absent) {
                child.absent = true;
                child.heardNanos = nowNanos;
            }
        }
    }

    /** Those who were silent for too long. */
    List<Child> silent(long nowNanos) {
        List<Child> silent = new ArrayList<>();
        for (Child child : byAddress.values()) {
            if (child.isSilent(nowNanos)) {
                silent.add(child);
            }
        }
        return silent;
    }
}
