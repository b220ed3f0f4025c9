package p101.content;

import java.nio.ByteBuffer;
import p101.pdu.PduFramer;
import p101.pdu.PduLayout;

/**
 * A few buffers of frames for all connections. When none is free, the connection that has waited longest with one loses it;
 * it makes its bytes anew when its reader takes more. So memory is bounded however many readers are slow, and nobody waits
 * for a buffer. Loop thread.
 */
final class WireBuffers {
    /** An A and a full block of C. */
    static final int WIRE_BYTES = PduLayout.PDU_BYTES + PduFramer.BLOCK_WIRE_BYTES;

    /** Who has a buffer, until it is taken away. */
    interface Holder {
        /** The buffer now belongs to another; what was in it is lost. */
        void bufferTaken();
    }

    private final ContentTally tally;
    private final Loan[] loans;
    private int made;
    private long uses;

    /**
     * @param count buffers at most; each is made when it is first needed
     */
    WireBuffers(int count, ContentTally tally) {
        this.loans = new Loan[count];
        this.tally = tally;
    }

    /** A buffer for this holder: a free one, a new one, or that of the holder that has waited longest. */
    Loan lend(Holder holder) {
        Loan chosen = null;
        for (int i = 0; i < made; i++) {
            Loan loan = loans[i];
            if (loan.holder == null) {
                chosen = loan;
                break;
            }
            if (chosen == null || loan.lastUse < chosen.lastUse) {
                chosen = loan;
            }
        }
        if (chosen == null || (chosen.holder != null && made < loans.length)) {
            chosen = new Loan();
            loans[made++] = chosen;
        }
        if (chosen.holder != null) {
            tally.bufferTaken();
            chosen.holder.bufferTaken();
        }
        chosen.holder = holder;
        chosen.lastUse = uses++;
        chosen.bytes.clear();
        return chosen;
    }

    /** Buffers that were made. */
    int made() {
        return made;
    }

    /** One buffer. */
    final class Loan {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(WIRE_BYTES);
        private Holder holder;
        private long lastUse;

        /** The holder's reader took something: it is the last to lose its buffer. */
        void touch() {
            lastUse = uses++;
        }

        void giveBack() {
            holder = null;
        }
    }
}
