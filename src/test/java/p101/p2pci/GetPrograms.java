package p101.p2pci;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import p101.fetch.Candidate;
import p101.loop.AcceptLimits;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.pdu.RowFlags;
import p101.testing.LoopRig;

/** Programs that upload, on the loop of a {@link LoopRig}. */
final class GetPrograms {
    private final LoopRig rig;
    private int added;
    /** What they were asked, in order. */
    final List<String> requests = new ArrayList<>();
    /** Whether they leave a connection open when all is said. */
    boolean keepOpen;
    /** Connections that ended. */
    int closed;

    GetPrograms(LoopRig rig) {
        this.rig = rig;
    }

    /**
     * One more, older than those before.
     *
     * @param answer what it says to a request before it closes; null = nothing, and it does not close
     */
    Candidate add(UnaryOperator<String> answer) {
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            InetSocketAddress at = rig.loop
                    .listen(any, new AcceptLimits(100, 100), remote -> new Program(answer))
                    .localAddress();
            return new Candidate(100 - added++, RowFlags.P2PCI_GET, Endpoint.of(at), 0, ContentId.NONE, PeerName.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Program implements ConnectionHandler {
        private final UnaryOperator<String> answer;
        private final StringBuilder request = new StringBuilder();
        private Connection connection;
        private ByteBuffer rest;

        Program(UnaryOperator<String> answer) {
            this.answer = answer;
        }

        @Override
        public void onOpen(Connection opened) {
            connection = opened;
        }

        @Override
        public void onBytes(ByteBuffer in) {
            request.append(StandardCharsets.UTF_8.decode(in));
            if (request.toString().replace("\r", "").endsWith("\n\n")) {
                requests.add(request.toString());
                String text = answer.apply(request.toString());
                if (text != null) {
                    rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                    connection.requestWritable(true);
                }
            }
        }

        @Override
        public void onWritable() {
            connection.send(rest);
            if (rest.hasRemaining()) {
                return;
            }
            connection.requestWritable(false);
            if (!keepOpen) {
                connection.closeWhenFlushed();
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            closed++;
        }
    }
}
