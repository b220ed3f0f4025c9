package p101.registry;

import p101.model.PeerName;

/** The rows that share a file name, or a content: a single row is its own group, so that the usual case costs nothing. */
sealed interface Holders permits Row, RowGroup {
    /** The row with the greatest id smaller than this one; null when there is none. */
    Row below(long id);

    /** The row of this peer; null when there is none. Only for groups of one file name. */
    Row of(PeerName peer);
}
