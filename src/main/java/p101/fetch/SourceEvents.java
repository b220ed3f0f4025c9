package p101.fetch;

import java.nio.ByteBuffer;
import p101.model.Root;
import p101.pdu.Pdu;
import p101.pdu.RangeKind;

/** What a {@link Source} tells the download. Loop thread only. Only {@link #onContent} may be called from inside a call of
 * the source (from {@link Source#flush}). */
public interface SourceEvents {
    /** The connection stands. */
    void onOpen();

    /** An answer to the oldest {@link Source#requestContent} begins; its bytes follow through {@link #onContent}. */
    void onContentStart(AnswerHead head);

    /** Bytes came, of whatever kind: a sign of life. */
    void onActivity();

    /** Some bytes of the running answer, in order. The block is the receiver's now: it gives it back to the pool. */
    void onContent(Block block);

    /** All bytes of the running answer were handed over. */
    void onContentEnd();

    /** The whole manifest, not yet checked against anything. The buffer is the receiver's. */
    void onManifest(AnswerHead head, ByteBuffer bytes);

    /** The map of the pieces that the source has. The buffer is the receiver's. */
    void onHave(AnswerHead head, ByteBuffer bytes);

    /** The oldest request of this kind gets no (further) answer; bytes of it that came already do not count. */
    void onRefused(RangeKind kind, Pdu.Failed refusal);

    /**
     * The source is done for: it could not be reached, broke, or sent what cannot be understood. Exactly once, and nothing
     * follows.
     *
     * @param detail one sentence more, safe to print; may be empty
     */
    void onLost(DropReason reason, String detail);

    /**
     * How an answer begins.
     *
     * @param complete whether the source has the whole content
     * @param offset first byte that follows
     * @param length bytes that follow
     * @param root full root of what it serves
     * @param size of the whole content
     * @param modifiedMillis when the file was last changed there, ms since 1970
     */
    record AnswerHead(boolean complete, long offset, long length, Root root, long size, long modifiedMillis) {}
}
