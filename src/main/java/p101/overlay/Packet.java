package p101.overlay;

import p101.model.Endpoint;

/**
 * One packet.
 *
 * @param source where its sender listens, which is who its sender is; {@code null} when the packet has none (reunion only)
 */
record Packet(Form form, Endpoint source, Body body) {}
