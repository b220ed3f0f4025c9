/**
 * A peer's side of an index: requests that survive loss, the rows that a peer keeps
 * registered there, and the whole peer ({@link p101.peer.Peer}) with its library, content
 * server and downloads. spec/PDU.md, section 8.
 *
 * <p>The core ({@code IndexClient}, {@code Registrations} and what they are made of) is pure: datagrams and monotonic
 * nanoseconds come in, datagrams go out, one thread at a time. {@code Peer} runs it on its event loop; {@code OneShotIndex}
 * runs it on the calling thread for commands that ask once and end.
 */
package p101.peer;
