package p101.rendezvous;

/**
 * What the rendezvous port did up to one moment.
 *
 * @param connections that stand now
 * @param refusedConnections above a limit
 * @param requests that were read whole
 * @param refusedRequests that were answered with 400 or more, those that could not be read included
 * @param slowRequests that did not come in time
 * @param stalls connections that were given up because they did not read their answers
 */
public record RendezvousCounters(
        int connections,
        long refusedConnections,
        long requests,
        long refusedRequests,
        long slowRequests,
        long stalls) {}
