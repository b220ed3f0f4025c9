package p101.p2pci;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import p101.content.FirstByteHandler;
import p101.library.Catalog;
import p101.library.ServedFile;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.model.Clock;

/**
 * Answers {@code GET RFC n P2P-CI/1.0} on the port of a content server: register it there for the byte {@link #FIRST_BYTE}. The
 * files are those of the catalog that are called {@code rfcn.txt} and are whole. spec/P2PCI.md, section 8. Loop thread.
 */
public final class Uploads implements FirstByteHandler {
    /** What a GET begins with. */
    public static final int FIRST_BYTE = 'G';

    private static final int BLOCK_BYTES = 65_536;

    private final EventLoop loop;
    private final Catalog catalog;
    private final Clock clock;
    /** One for all connections: it is filled and sent within a turn, and what the socket does not take is read again. */
    private ByteBuffer block;

    public Uploads(EventLoop loop, Catalog catalog, Clock clock) {
        this.loop = loop;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public ConnectionHandler handlerFor(InetSocketAddress remote) {
        return new UploadConnection(loop, this);
    }

    Optional<ServedFile> find(RfcNumber number) {
        return catalog.byLabel(number.fileName()).filter(file -> file.pieces().isComplete());
    }

    ByteBuffer head(Manner manner, ServedFile file) {
        return UploadHead.of(
                manner.lineEnd(),
                clock.unixMillis(),
                file.modifiedMillis(),
                file.content().size());
    }

    /** The shared block, empty. */
    ByteBuffer block() {
        if (block == null) {
            block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        }
        return block.clear();
    }
}
