package p101.content;

import java.util.Map;
import p101.pdu.ErrorCode;

/**
 * What a content server has done, at one moment.
 *
 * @param connectionsOpen connections that stand now
 * @param connectionsAccepted connections taken in since the start
 * @param connectionsRefused connections above a limit
 * @param requests D answered, or being answered
 * @param bytesSent bytes on the wire, frames and all
 * @param closedIdle connections closed because nothing was said
 * @param closedSlow connections closed because a D did not come whole, or its answer was not taken
 * @param closedProtocol connections closed because of what was no D
 * @param buffersTaken times a wire buffer went from a waiting connection to another one
 * @param refusals E sent, by code; codes that were not sent are missing
 */
public record ContentCounters(
        long connectionsOpen,
        long connectionsAccepted,
        long connectionsRefused,
        long requests,
        long bytesSent,
        long closedIdle,
        long closedSlow,
        long closedProtocol,
        long buffersTaken,
        Map<ErrorCode, Long> refusals) {}
