/**
 * The index: R, T, S and O come in over UDP; A, S, O and E go out. {@link p101.index.IndexProtocol} decides as a pure function of
 * bytes, source and time over the registry; {@link p101.index.IndexServer} owns the sockets, one blocking thread for each local
 * address. spec/PDU.md, section 7.
 */
package p101.index;
