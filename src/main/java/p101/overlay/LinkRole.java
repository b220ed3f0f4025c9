package p101.overlay;

/** What a connection that we opened is for. Between two nodes there may be one of each. */
enum LinkRole {
    /** Register and advertise, and the root's answers to them; messages never go this way. */
    REGISTER,
    /** Between parent and child. */
    TREE
}
