package p101.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import p101.library.Catalog;
import p101.library.Geometry;
import p101.library.ServedFile;
import p101.model.Content;
import p101.model.Root;
import p101.pdu.Channel;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;
import p101.pdu.PduReason;
import p101.pdu.RangeKind;

/** From a D to its answer (spec/PDU.md, section 9). Loop thread. */
final class AnswerFactory {
    /** A partial source may have the part by then (spec/PDU.md, section 10). */
    private static final int NOT_HELD_RETRY_SECONDS = 1;

    private final Catalog catalog;
    private final Payloads payloads;

    AnswerFactory(Catalog catalog, OpenFiles files) {
        this.catalog = catalog;
        this.payloads = new Payloads(files);
    }

    /**
     * The answer to 101 bytes that a downloader sent.
     *
     * @throws PduException when they are no D at all, so that the stream cannot be trusted any further
     */
    Answer answer(ByteBuffer request) throws PduException {
        Pdu pdu;
        try {
            pdu = PduCodec.decode(Channel.TCP, request);
        } catch (PduException e) {
            if (e.reason().answerable()) {
                return refusal(ErrorCode.MALFORMED, PduCodec.fitText(e.getMessage()));
            }
            throw e;
        }
        if (!(pdu instanceof Pdu.Download download)) {
            throw new PduException(PduReason.DIRECTION, "a content server is sent D, not " + pdu.type());
        }
        try {
            return answer(download);
        } catch (IOException e) {
            return Answer.refusal(Answer.failureOf(e));
        }
    }

    private Answer answer(Pdu.Download download) throws IOException {
        Optional<ServedFile> found = find(download);
        if (found.isEmpty()) {
            return refusal(ErrorCode.NOT_FOUND, "not shared here");
        }
        ServedFile file = found.get();
        Payload payload = payloadOf(file, download.kind());
        long size = payload.size();
        long offset = download.offset();
        if (offset > size) {
            return refusal(ErrorCode.RANGE, "the offset lies behind the end");
        }
        long wanted = download.length() == 0 ? size - offset : Math.min(download.length(), size - offset);
        long length = download.kind() == RangeKind.CONTENT ? Math.min(wanted, held(file, offset)) : wanted;
        if (length == 0 && wanted > 0) {
            return Answer.refusal(
                    new Pdu.Failed(ErrorCode.NOT_HELD, NOT_HELD_RETRY_SECONDS, "this part is not here yet"));
        }
        return Answer.of(head(download, file, length), payload);
    }

    private Optional<ServedFile> find(Pdu.Download download) {
        Root root = download.root();
        if (root.isNone()) {
            return catalog.byLabel(download.file());
        }
        if (!download.file().isNone()) {
            // Of several files with one content, the one that was named: its manifest has the name that is wanted.
            Optional<ServedFile> named = catalog.byLabel(download.file()).filter(file -> has(file, root));
            if (named.isPresent()
                    && (download.kind() == RangeKind.MANIFEST
                            || named.get().pieces().isComplete())) {
                return named;
            }
        }
        return root.isHint() ? catalog.byHint(root.contentId()) : catalog.byRoot(root);
    }

    private static boolean has(ServedFile file, Root root) {
        Content content = file.content();
        return root.isHint()
                ? content.id().equals(root.contentId())
                : content.root().equals(root);
    }

    private Payload payloadOf(ServedFile file, RangeKind kind) {
        return switch (kind) {
            case CONTENT -> payloads.content(file);
            case MANIFEST -> payloads.manifest(file);
            case HAVE -> payloads.have(file);
        };
    }

    /** Bytes that can be read from the offset on without a gap. */
    private static long held(ServedFile file, long offset) {
        long size = file.content().size();
        if (offset >= size) {
            return 0;
        }
        Geometry geometry = new Geometry(size);
        int missing = file.pieces().nextMissing(geometry.pieceAt(offset));
        long end = missing == geometry.pieceCount() ? size : geometry.pieceOffset(missing);
        return Math.max(0, end - offset);
    }

    private static Pdu.Range head(Pdu.Download download, ServedFile file, long length) {
        Content content = file.content();
        // 48 bits; what lies outside is "not known".
        long modified = file.modifiedMillis();
        long modifiedMillis = modified < 0 || modified > Content.MAX_SIZE ? 0 : modified;
        return new Pdu.Range(
                download.kind(),
                file.pieces().isComplete(),
                download.offset(),
                length,
                content.root(),
                content.size(),
                modifiedMillis);
    }

    private static Answer refusal(ErrorCode code, String text) {
        return Answer.refusal(new Pdu.Failed(code, 0, text));
    }
}
