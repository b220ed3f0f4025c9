package p101.overlay;

import p101.model.Endpoint;

/**
 * A connection that we opened.
 *
 * @param to where the other node listens
 */
record LinkKey(LinkRole role, Endpoint to) {}
