package p101.peer;

/** A download that a peer runs. Any thread. */
public final class Transfer {
    /** Ends it; what was verified stays for another time. Its listener is told. */
    public void cancel() {}
}
