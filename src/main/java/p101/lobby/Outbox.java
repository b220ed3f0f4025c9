package p101.lobby;

/** The way to a member. Loop thread; nothing here blocks, and nothing calls back before it returns. */
interface Outbox {
    /**
     * Sends a line, at once or as soon as the member has read what came before. When too much waits the member is dropped.
     *
     * @param line with its LF; it is shared and must not be changed
     */
    void send(byte[] line);

    /** Closes after what was sent has gone out. */
    void hangUp();

    /** Closes now. */
    void drop();

    /** Whether the member has taken none of what waits for it for too long. */
    boolean isStalled(long nowNanos);
}
