/**
 * P2P-CI/1.0, both sides: the text protocol on TCP 7734 through which programs written by others add, look up and list RFCs,
 * and the {@code GET} with which they fetch them from each other. spec/P2PCI.md is the authority, and gives the reason for
 * each tolerance.
 *
 * <p>{@link p101.p2pci.RequestParser}, {@link p101.p2pci.Answer} and the readers of answers are pure: bytes and time in, values
 * out. Everything here runs on the thread of one event loop.
 */
package p101.p2pci;
