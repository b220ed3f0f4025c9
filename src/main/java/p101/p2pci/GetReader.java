package p101.p2pci;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import p101.fetch.Progress;

/**
 * Takes the answer to a GET apart, however it is split: first the head, then the content as it comes. Knows no socket. One
 * thread.
 */
final class GetReader {
    private final Consumer<ByteBuffer> content;
    private byte[] headBytes = new byte[512];
    private int headCount;
    private GetHead head;
    private byte[] blank = {};
    private long taken;
    private long extra;

    /**
     * What came, when no more will.
     *
     * @param size bytes of the content, {@code prefix} included
     * @param prefix what belongs before the content that was handed over: a blank line that was taken for the end of the head
     * @param note what cannot be taken for granted, one sentence; empty when nothing is to be said
     */
    record End(long size, byte[] prefix, String note) {}

    /**
     * @param content given the content in order
     */
    GetReader(Consumer<ByteBuffer> content) {
        this.content = content;
    }

    /**
     * Takes all bytes.
     *
     * @throws BadUploadException when they are no answer of this protocol
     */
    void read(ByteBuffer in) throws BadUploadException {
        if (head != null) {
            take(in);
            return;
        }
        int count = Math.min(in.remaining(), GetHead.MAX_BYTES + 2 - headCount);
        headBytes =
                headBytes.length < headCount + count ? Arrays.copyOf(headBytes, 2 * (headCount + count)) : headBytes;
        in.get(headBytes, headCount, count);
        headCount += count;
        begin(GetHead.read(headBytes, headCount, false));
        if (head != null) {
            take(in);
        }
    }

    private void begin(Optional<GetHead> read) {
        if (read.isPresent()) {
            head = read.get();
            int from = head.bytes();
            blank = Arrays.copyOfRange(headBytes, from - head.blankBytes(), from);
            ByteBuffer rest = ByteBuffer.wrap(headBytes, from, headCount - from);
            headBytes = new byte[0];
            take(rest);
        }
    }

    private void take(ByteBuffer in) {
        if (head.code() != Status.OK.code()) {
            in.position(in.limit());
            return;
        }
        long left = head.length().isPresent() ? head.length().getAsLong() - taken : Long.MAX_VALUE;
        int count = (int) Math.min(in.remaining(), left);
        if (count > 0) {
            ByteBuffer part = in.slice(in.position(), count);
            taken += count;
            content.accept(part);
        }
        extra += in.remaining() - count;
        in.position(in.limit());
    }

    /** The status of the answer; empty before its head is complete. */
    Optional<Integer> code() {
        return Optional.ofNullable(head).map(GetHead::code);
    }

    /** What the head says of the content's length; {@link Progress#UNKNOWN} while it says nothing. */
    long length() {
        return head == null ? Progress.UNKNOWN : head.length().orElse(Progress.UNKNOWN);
    }

    /** Whether anything came. */
    boolean hasBegun() {
        return headCount > 0;
    }

    /** Whether all that was promised is there. */
    boolean isComplete() {
        return head != null
                && head.length().isPresent()
                && taken == head.length().getAsLong();
    }

    /**
     * The other side closed.
     *
     * @throws BadUploadException when what came is no answer
     */
    End end() throws BadUploadException {
        if (head == null) {
            begin(GetHead.read(headBytes, headCount, true));
        }
        if (head.length().isEmpty()) {
            return new End(taken, new byte[0], "it did not say how long the file is");
        }
        long missing = head.length().getAsLong() - taken;
        if (missing == blank.length && missing > 0) {
            return new End(taken + missing, blank, "");
        }
        if (missing > 0) {
            return new End(
                    taken,
                    new byte[0],
                    "only " + taken + " of " + head.length().getAsLong()
                            + " bytes came: it broke off, or counts other line ends than it sends");
        }
        // A CRLF behind the content is some programs' way to end it.
        return new End(
                taken,
                new byte[0],
                extra <= 2 ? "" : extra + " bytes more came than it said the file has, and were left out");
    }
}
