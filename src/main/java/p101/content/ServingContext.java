package p101.content;

import java.nio.ByteBuffer;
import p101.library.Catalog;
import p101.loop.DescriptorBudget;
import p101.loop.EventLoop;
import p101.pdu.PduFramer;

/** What all connections of a content server share. */
final class ServingContext {
    final EventLoop loop;
    final ContentLimits limits;
    final ContentTally tally;
    final WireBuffers wireBuffers;
    final AnswerFactory answers;
    private final OpenFiles files;
    private ByteBuffer block;

    ServingContext(EventLoop loop, Catalog catalog, ContentLimits limits, ContentTally tally) {
        this.loop = loop;
        this.limits = limits;
        this.tally = tally;
        this.wireBuffers = new WireBuffers(limits.wireBuffers(), tally);
        int openFiles = DescriptorBudget.ofThisProcess().files();
        this.files = new OpenFiles(loop, Math.min(limits.openFiles(), openFiles));
        this.answers = new AnswerFactory(catalog, files);
    }

    /** Room for the payload of one block between reading and framing; nothing stays in it. */
    ByteBuffer block() {
        if (block == null) {
            block = ByteBuffer.allocateDirect(PduFramer.BLOCK_BYTES);
        }
        return block.clear();
    }

    void close() {
        files.close();
    }
}
