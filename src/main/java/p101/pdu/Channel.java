package p101.pdu;

/** Where a PDU travels: it decides which types are legal and which layout {@code S}, {@code O}, {@code A}, {@code E} have. */
public enum Channel {
    /** UDP, from a peer to an index: R, T, S, O without the answer bit. */
    TO_INDEX,
    /** UDP, from an index to a peer: S, O, A, E with the answer bit. */
    FROM_INDEX,
    /** TCP between peers: D from the downloader; A, C, E from the server. */
    TCP
}
