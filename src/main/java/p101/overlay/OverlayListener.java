package p101.overlay;

import p101.model.Endpoint;

/** Is told what happens at a root or node. Loop thread; must not block. */
public interface OverlayListener {
    /**
     * Somebody said something.
     *
     * @param from the neighbour that passed it on: the protocol does not tell who said it first
     * @param text as it came; may have several lines and any characters
     */
    void heard(Endpoint from, String text);

    /** The tree has changed, as far as it is seen from here. */
    default void changed(TreeChange change) {}
}
