package p101.overlay;

import p101.model.Endpoint;

/**
 * A change of the tree as a node sees it.
 *
 * @param node whom it is about
 * @param other the parent, where there is one to tell of; else {@code null}
 */
public record TreeChange(Kind kind, Endpoint node, Endpoint other) {
    /** What happened. */
    public enum Kind {
        /** The root knows this node. */
        REGISTERED,
        /** The root has given the node a parent. */
        PLACED,
        /** The node is a child here. */
        CHILD_JOINED,
        /** The node is no child here any more. */
        CHILD_LEFT,
        /** This node has a parent. */
        PARENT_FOUND,
        /** This node has none any more and looks for one. */
        PARENT_LOST,
        /** The root has not heard of the node for too long, or cannot reach it. */
        DIED,
        /** The root hears of the node again. */
        REVIVED,
        /** There is no place in the tree for the node. */
        NO_PLACE
    }
}
