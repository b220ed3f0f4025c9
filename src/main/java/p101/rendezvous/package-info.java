/**
 * The rendezvous: an HTTP port where peers register under a name, list each other and ask where one of them is. It speaks the
 * published dialect, whose answers stand in the status line and in headers, and plain JSON beside it. spec/RENDEZVOUS.md is the
 * authority and gives the reasons.
 *
 * <p>The JDK's HTTP server sorts headers and writes reasons of its own, which published peers would not understand; therefore
 * reading and writing HTTP is done here. {@link p101.rendezvous.HttpReader}, {@link p101.rendezvous.JsonReader} and {@link
 * p101.rendezvous.PeerDirectory} are pure: bytes and time in, values out. Everything runs on the thread of one event loop, except
 * {@link p101.rendezvous.RendezvousClient}, which blocks.
 */
package p101.rendezvous;
