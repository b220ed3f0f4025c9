package p101.peer;

import p101.model.PeerName;

/**
 * A peer at one moment.
 *
 * @param name the name that new files are registered under
 * @param port of the content server
 * @param sharedFiles files that the content server would serve
 * @param registeredRows rows that the index has accepted
 * @param waitingRows rows that wait for the index's answer
 * @param indexSilent whether the index has stopped answering
 * @param leaseSeconds as the index said last; 0 before its first answer
 */
public record PeerStatus(
        PeerName name,
        int port,
        int sharedFiles,
        int registeredRows,
        int waitingRows,
        boolean indexSilent,
        int leaseSeconds) {}
