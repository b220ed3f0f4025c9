package p101.app;

import java.nio.file.Path;
import p101.control.ControlException;
import p101.control.ControlHandler;
import p101.control.ControlServer;

/** The control socket of a process that can do without one: when it cannot be had, a note says why. */
record StatusSocket(ControlServer server) implements AutoCloseable {
    static final StatusSocket NONE = new StatusSocket(null);

    static StatusSocket open(Path socket, ControlHandler handler, Messages messages) {
        try {
            return new StatusSocket(ControlServer.open(socket, handler));
        } catch (ControlException refused) {
            messages.note("p101: status will not see this process: " + refused.getMessage());
            return NONE;
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
