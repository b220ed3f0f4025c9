package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.ObjLongConsumer;

/** A door of an index at work. Its life ends with the loop's. */
interface OpenDoor {
    /**
     * Listens on one more address. Before the loop runs.
     *
     * @param local port 0 = any free one
     * @return where it listens
     * @throws java.net.BindException when the port is in use
     */
    InetSocketAddress listen(InetSocketAddress local) throws IOException;

    /** Tells each counter: its name, without the door's key, and its value. Any thread. */
    void counters(ObjLongConsumer<String> sink);

    /** Says good-bye and writes down what must be kept: on the loop's thread, before the loop is closed. */
    default void leave() {}
}
