package p101.index;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.pdu.ListFlags;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduLayout;
import p101.pdu.PduLog;
import p101.registry.Outcome;
import p101.registry.Registration;

/** From outcomes to answers on the wire, counted and traced. Thread-confined: one buffer serves all answers. */
final class IndexAnswers {
    /** Most entries of one burst. */
    static final int MAX_BURST = 128;

    private final IndexContext context;
    private final IndexCounters counters;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PduLayout.PDU_BYTES);

    IndexAnswers(IndexContext context, IndexCounters counters) {
        this.context = context;
        this.counters = counters;
    }

    void accept(Exchange exchange, Outcome.Accepted accepted, int cookie, long ownerKey, String text) {
        send(
                exchange,
                new Pdu.Accepted(
                        exchange.request().tx(),
                        cookie,
                        ownerKey,
                        accepted.leaseSeconds(),
                        accepted.newestTx(),
                        accepted.heldRows(),
                        accepted.txSum(),
                        text));
    }

    void found(Exchange exchange, Registration row) {
        send(
                exchange,
                new Pdu.Found(
                        exchange.request().tx(),
                        0,
                        row.id(),
                        row.flags(),
                        row.owner().place().port(),
                        row.size(),
                        row.content(),
                        row.peer(),
                        shownAddress(row.owner().place(), exchange)));
    }

    /** An owner on loopback is on this machine: whoever asks from elsewhere reaches it under the address of this index. */
    private InetAddress shownAddress(Endpoint place, Exchange exchange) {
        if (!place.isLoopback() || exchange.from().isLoopback()) {
            return place.address();
        }
        return context.advertise().orElse(exchange.to().address());
    }

    /**
     * All entries of a walk.
     *
     * @param afterId where the walk began
     * @param cookie for who has not proved its address, with which the next burst may be longer; otherwise 0
     */
    void burst(Exchange exchange, long afterId, Outcome.Listed listed, int cookie) {
        List<Registration> rows = listed.rows();
        int last = rows.size() - 1;
        boolean lookedFurther = rows.isEmpty()
                || listed.more() && listed.resumeId() != rows.get(last).id();
        int endFlags = ListFlags.LAST | (listed.more() ? ListFlags.MORE : 0);
        long previousId = afterId;
        for (int i = 0; i <= last; i++) {
            Registration row = rows.get(i);
            int flags = i == last && !lookedFurther ? endFlags : 0;
            send(exchange, entry(exchange, cookie, i, flags, previousId, row));
            previousId = row.id();
        }
        if (lookedFurther) {
            int flags = ListFlags.EMPTY | endFlags;
            long goOn = listed.more() ? listed.resumeId() : 0;
            send(exchange, end(exchange, cookie, last + 1, flags, previousId, goOn));
        }
    }

    private static Pdu.Entry entry(
            Exchange exchange, int cookie, int sequence, int flags, long previousId, Registration row) {
        return new Pdu.Entry(
                exchange.request().tx(),
                cookie,
                sequence,
                row.id(),
                flags,
                row.flags(),
                Pdu.Entry.previous(previousId),
                row.size(),
                row.content(),
                row.peer(),
                row.file());
    }

    private static Pdu.Entry end(Exchange exchange, int cookie, int sequence, int flags, long previousId, long goOn) {
        return new Pdu.Entry(
                exchange.request().tx(),
                cookie,
                sequence,
                goOn,
                flags,
                0,
                Pdu.Entry.previous(previousId),
                0,
                ContentId.NONE,
                PeerName.NONE,
                FileName.NONE);
    }

    void send(Exchange exchange, Pdu.Answer answer) {
        send(answer, exchange.from(), exchange.replies());
    }

    void send(Pdu.Answer answer, Endpoint to, Replies replies) {
        counters.pdu(answer.type());
        if (answer instanceof Pdu.Refused refused) {
            counters.error(refused.code());
        }
        context.trace(PduLog.Direction.SENT, to, answer);
        buffer.clear();
        PduCodec.encode(answer, buffer);
        buffer.flip();
        replies.send(buffer);
    }
}
