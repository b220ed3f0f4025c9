/**
 * The tree overlay: nodes under one root, each with two children at most, that pass what anybody says on to everybody.
 * spec/OVERLAY.md is the authority, and gives the reason for each tolerance.
 *
 * <p>{@link p101.overlay.PacketCodec} and {@link p101.overlay.PacketFramer} know the bytes of both packet forms; {@link
 * p101.overlay.RootLogic} and {@link p101.overlay.NodeLogic} decide as functions of packets and time, and tell what is to be
 * done through {@link p101.overlay.Actions}; {@link p101.overlay.OverlayRoot} and {@link p101.overlay.OverlayNode} put
 * them on an event loop. Everything here runs on the thread of that loop. Numbers in the binary form are big-endian.
 */
package p101.overlay;
