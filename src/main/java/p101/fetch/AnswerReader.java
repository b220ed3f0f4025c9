package p101.fetch;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import p101.fetch.SourceEvents.AnswerHead;
import p101.library.Geometry;
import p101.library.Manifest;
import p101.library.PieceSet;
import p101.model.Root;
import p101.model.Shown;
import p101.pdu.Channel;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduDeframer;
import p101.pdu.PduException;
import p101.pdu.PduType;
import p101.pdu.RangeKind;

/**
 * Makes events of the bytes that a source sends, and lets nothing pass that does not answer what was asked: kind, offset,
 * length, root and size of each answer are checked against its request before a byte of room is made. spec/PDU.md, section 4.
 */
final class AnswerReader {
    private final SourceRequest request;
    private final SourceEvents events;
    private final int mostManifestBytes;
    private final int haveBytes;
    private final PduDeframer deframer = new PduDeframer();
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();

    /** What the source serves: as much of the root as is known, the full one after its first answer. */
    private Root root;

    /** The running answer; {@code null} between answers. */
    private AnswerHead head;

    /** Bytes of the running answer that did not come yet. */
    private long left;

    /** Content that has come, of the running answer; {@code null} when nothing is gathered. */
    private Block block;

    /** A manifest or piece map that is coming; {@code null} otherwise. */
    private ByteBuffer gathered;

    private boolean closed;

    private record Asked(RangeKind kind, long offset, long length) {}

    AnswerReader(SourceRequest request, SourceEvents events) {
        this.request = request;
        this.events = events;
        this.root = request.root();
        this.mostManifestBytes = Manifest.maxLength(request.size());
        this.haveBytes = PieceSet.haveLength(new Geometry(request.size()).pieceCount());
    }

    /** A request went out; answers come in the same order. */
    void asked(RangeKind kind, long offset, long length) {
        asked.add(new Asked(kind, offset, length));
    }

    /** The root to ask for: the full one as soon as an answer told it. */
    Root root() {
        return root;
    }

    /**
     * Takes all bytes between position and limit.
     *
     * @throws BadAnswerException when they are not what was asked for; the reader is then of no more use
     */
    void read(ByteBuffer in) throws BadAnswerException {
        boolean going = true;
        while (going && !closed) {
            going = head == null ? readHead(in) : readBody(in);
        }
        if (closed) {
            in.position(in.limit());
        } else {
            events.onActivity();
        }
    }

    /** Hands over the content that has gathered so far. */
    void flush() {
        if (block != null && block.buffer().position() > 0) {
            Block full = block;
            block = null;
            events.onContent(full);
        }
    }

    /** Nothing more is told. */
    void close() {
        closed = true;
        dropBlock();
    }

    private void dropBlock() {
        if (block != null) {
            request.blocks().give(block);
            block = null;
        }
    }

    // ---- the head of an answer ----

    private boolean readHead(ByteBuffer in) throws BadAnswerException {
        if (deframer.pendingBytes() == 0 && in.hasRemaining()) {
            // Another program's greeting may be shorter than a PDU: its first byte gives it away.
            checkType(in.get(in.position()));
        }
        ByteBuffer frame = deframer.nextPdu(in);
        if (frame == null) {
            return false;
        }
        Pdu pdu = decode(frame);
        if (pdu instanceof Pdu.Range range) {
            begin(range);
        } else if (pdu instanceof Pdu.Failed failed) {
            refused(failed);
        } else {
            throw protocol("sent content that nobody asked for");
        }
        return true;
    }

    private static void checkType(byte type) throws BadAnswerException {
        if (type != PduType.RANGE.code() && type != PduType.FAILED.code()) {
            throw protocol("answered with something that is no PDU");
        }
    }

    private static Pdu decode(ByteBuffer frame) throws BadAnswerException {
        try {
            return PduCodec.decode(Channel.TCP, frame);
        } catch (PduException e) {
            throw protocol("sent a malformed PDU: " + Shown.text(e.getMessage()));
        }
    }

    private void begin(Pdu.Range range) throws BadAnswerException {
        Asked request = asked.peek();
        if (request == null || range.kind() != request.kind || range.offset() != request.offset) {
            throw protocol("answered what it was not asked");
        }
        checkContent(range);
        checkLength(range, request);
        root = range.root();
        head = new AnswerHead(
                range.complete(), range.offset(), range.length(), range.root(), range.size(), range.modifiedMillis());
        left = range.length();
        if (range.kind() == RangeKind.CONTENT) {
            events.onContentStart(head);
        } else {
            gathered = ByteBuffer.allocate((int) range.length());
        }
    }

    private void checkContent(Pdu.Range range) throws BadAnswerException {
        boolean same = root.isNone()
                || root.equals(range.root())
                || root.isHint() && root.contentId().equals(range.root().contentId());
        if (!same || range.size() != request.size()) {
            throw new BadAnswerException(
                    DropReason.OTHER_CONTENT, "content " + range.root().contentId() + ", " + range.size() + " bytes");
        }
        if (range.root().isNone()) {
            throw protocol("did not tell the root of its content");
        }
    }

    private void checkLength(Pdu.Range range, Asked request) throws BadAnswerException {
        long most = switch (range.kind()) {
            case CONTENT -> request.length;
            case MANIFEST -> mostManifestBytes;
            case HAVE -> haveBytes;
        };
        if (range.length() < 1 || range.length() > most) {
            throw protocol("answered with " + range.length() + " bytes where 1 to " + most + " were expected");
        }
    }

    private void refused(Pdu.Failed failed) throws BadAnswerException {
        Asked request = asked.poll();
        if (request == null) {
            boolean busy = failed.code() == ErrorCode.BUSY || failed.code() == ErrorCode.LIMIT;
            throw new BadAnswerException(busy ? DropReason.BUSY : DropReason.CLOSED, Shown.text(failed.text()));
        }
        events.onRefused(request.kind, failed);
    }

    // ---- the bytes of an answer ----

    private boolean readBody(ByteBuffer in) throws BadAnswerException {
        ByteBuffer target = gathered != null ? gathered : blockToFill();
        int before = target.position();
        PduDeframer.Stop stop = deframer.readContent(in, target, left);
        left -= target.position() - before;
        return switch (stop) {
            case NEEDS_INPUT -> false;
            case BLOCK_FULL -> {
                flush();
                yield true;
            }
            case DONE -> {
                end();
                yield true;
            }
            case OTHER_TYPE -> breakOff(in);
        };
    }

    private ByteBuffer blockToFill() {
        if (block == null) {
            block = request.blocks().take(head.offset() + head.length() - left);
        }
        return block.buffer();
    }

    private void end() {
        AnswerHead ended = head;
        ByteBuffer bytes = gathered;
        RangeKind kind = asked.poll().kind;
        head = null;
        gathered = null;
        switch (kind) {
            case CONTENT -> {
                flush();
                if (!closed) {
                    events.onContentEnd();
                }
            }
            case MANIFEST -> events.onManifest(ended, bytes.flip());
            case HAVE -> events.onHave(ended, bytes.flip());
        }
    }

    /** In the middle of an answer only an E may come: it ends the answer, and what came of it does not count. */
    private boolean breakOff(ByteBuffer in) throws BadAnswerException {
        ByteBuffer frame = deframer.nextPdu(in);
        if (frame == null) {
            return false;
        }
        if (!(decode(frame) instanceof Pdu.Failed failed)) {
            throw protocol("began another answer before the first had ended");
        }
        dropBlock();
        gathered = null;
        head = null;
        refused(failed);
        return true;
    }

    private static BadAnswerException protocol(String detail) {
        return new BadAnswerException(DropReason.PROTOCOL, detail);
    }
}
