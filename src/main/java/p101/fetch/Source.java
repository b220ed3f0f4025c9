package p101.fetch;

/**
 * One place to fetch from. Loop thread only. A source asks nobody and decides nothing: it carries requests and hands over
 * what comes, in order; the download judges.
 */
public interface Source {
    /** Begins to connect; the outcome comes through {@link SourceEvents}. */
    void open();

    /** Asks for the manifest. This and the other requests may be made once {@link SourceEvents#onOpen} was called. */
    void requestManifest();

    /** Asks which pieces the source has. */
    void requestHave();

    /**
     * Asks for a range of the content. Requests are answered in the order in which they were made.
     *
     * @param offset first byte
     * @param length bytes, 1 or more
     */
    void requestContent(long offset, long length);

    /** Stops reading from the network, so that memory stays bounded; what was read already still comes. */
    void pause();

    void resume();

    /** Hands over what has gathered in a block that is not full yet. */
    void flush();

    /** Ends the connection; no event follows. */
    void close();
}
