package p101.index;

import p101.model.Endpoint;
import p101.pdu.Pdu;

/**
 * One request and its circumstances.
 *
 * @param from where it came from
 * @param to the local address that it was sent to
 * @param nowNanos when
 * @param replies the way back
 */
record Exchange(Pdu.Request request, Endpoint from, Endpoint to, long nowNanos, Replies replies) {}
