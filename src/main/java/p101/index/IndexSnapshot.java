package p101.index;

import java.util.Map;
import p101.pdu.ErrorCode;
import p101.pdu.PduType;

/**
 * What an index did up to one moment. Keys that never occurred are left out of the maps.
 *
 * @param pdus requests that came and answers that went, by type
 * @param dropped datagrams without an answer, by reason
 * @param errors answers E, by code
 * @param wrongCookies requests whose cookie was neither 0 nor right
 * @param sendFailures answers that the system did not take
 * @param receiveFailures times that receiving failed
 * @param failures datagrams that were not handled because of a mistake in the program; anything but 0 is worth a report
 * @param kernelDrops datagrams that the system dropped before they were read; -1 = not known on this system
 * @param size how much the registry holds
 */
public record IndexSnapshot(
        Map<PduType, Long> pdus,
        Map<DropReason, Long> dropped,
        Map<ErrorCode, Long> errors,
        long wrongCookies,
        long sendFailures,
        long receiveFailures,
        long failures,
        long kernelDrops,
        Size size) {
    /**
     * How much the registry holds.
     *
     * @param rows files
     * @param owners peers that are there, with or without files
     */
    public record Size(int rows, int owners) {}

    /** All datagrams that were dropped, whatever the reason. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
