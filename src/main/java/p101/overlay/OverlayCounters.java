package p101.overlay;

/**
 * What a root or node did up to one moment.
 *
 * @param nodes live nodes in the root's tree; 0 at another node
 * @param connections that others opened and that stand now
 * @param packets that came and were understood
 * @param badPackets whose type or body was not understood; they had their ACK and nothing else
 * @param badStreams connections that were closed since what came was no packet, or never ended
 * @param refused connections that were closed since who was there may not do what it asked for
 * @param heard messages of others
 * @param said messages of our own
 * @param dropped neighbours that could not be sent to
 */
public record OverlayCounters(
        int nodes,
        int connections,
        long packets,
        long badPackets,
        long badStreams,
        long refused,
        long heard,
        long said,
        long dropped) {}
