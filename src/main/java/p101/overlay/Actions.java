package p101.overlay;

import p101.model.Endpoint;

/** What the rules want done. None of these calls back into the rules before it returns. */
interface Actions {
    /**
     * Opens the connection if there is none.
     *
     * @param face our own address as the other node knows it
     */
    void open(LinkKey link, Endpoint face);

    /** Sends a packet behind those that wait, over a connection that is opened if there is none. */
    void send(LinkKey link, Packet packet);

    /** Closes a connection that we opened, if it is there; what waits is lost. The rules are not told of it. */
    void close(LinkKey link);

    /** Closes a connection that another node opened. */
    void refuse(Via via);

    /** Somebody said something. */
    void heard(Endpoint from, String text);

    /** The tree, as far as it is seen from here, has changed. */
    void changed(TreeChange change);
}
