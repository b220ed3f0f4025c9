package p101.peer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.pdu.Channel;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;

/** A client whose index is the test: what it sends is kept, what it gets is said, and time is moved by hand. */
final class ClientRig {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;
    static final OwnerIdentity OWNER = new OwnerIdentity(0x0102030405060708L, 6010);
    static final PeerName ALICE = PeerName.of("alice");

    final ManualClock clock = new ManualClock();
    final List<Pdu.Request> sent = new ArrayList<>();
    final List<Long> sentAtNanos = new ArrayList<>();
    final IndexClient client;

    ClientRig(long seed) {
        this(seed, TxStore.NONE);
    }

    ClientRig(long seed, TxStore store) {
        client = new IndexClient(OWNER, clock, Randomness.seeded(seed), this::keep, store);
    }

    private void keep(ByteBuffer datagram) {
        try {
            sent.add((Pdu.Request) PduCodec.decode(Channel.TO_INDEX, datagram));
            sentAtNanos.add(clock.nowNanos);
        } catch (PduException broken) {
            throw new AssertionError("the client sent what is not a request", broken);
        }
    }

    long now() {
        return clock.nowNanos;
    }

    Pdu.Request last() {
        return sent.get(sent.size() - 1);
    }

    /** Hands an answer to the client. */
    void answer(Pdu.Answer answer) {
        ByteBuffer bytes = ByteBuffer.allocate(101);
        PduCodec.encode(answer, bytes);
        client.onDatagram(bytes.flip(), now());
    }

    /** Moves time on, firing every timer at its moment. */
    void advance(long nanos) {
        long end = clock.nowNanos + nanos;
        long wait = client.waitNanos(now());
        while (wait != IndexClient.NO_TIMER && now() + wait <= end) {
            clock.advanceNanos(wait);
            client.onTimer(now());
            wait = client.waitNanos(now());
        }
        clock.advanceNanos(end - now());
    }

    static Pdu.Accepted accepted(Pdu.Request request, int held, int sum) {
        return new Pdu.Accepted(request.tx(), 77, OWNER.key(), 60, request.tx(), held, sum, "");
    }

    static Pdu.Refused refused(Pdu.Request request, long key, ErrorCode code) {
        return new Pdu.Refused(request.tx(), code == ErrorCode.COOKIE ? 99 : 0, key, code, 0, 0, "no");
    }

    static Pdu.Refused stale(Pdu.Request request, int newestTx) {
        return new Pdu.Refused(request.tx(), 0, OWNER.key(), ErrorCode.STALE, newestTx, 0, "old");
    }

    static Advert advert(String file) {
        return new Advert(ALICE, FileName.of(file), 0, 1234, new ContentId(0x1122334455667788L));
    }

    /** Remembers how an R or T came out. */
    static final class Outcome implements OwnerHandler {
        Receipt receipt;
        Ending ending;
        int slow;
        int ends;

        @Override
        public void onAccepted(Receipt accepted, long nowNanos) {
            receipt = accepted;
            ends++;
        }

        @Override
        public void onFailed(Ending failed, long nowNanos) {
            ending = failed;
            ends++;
        }

        @Override
        public void onSlow() {
            slow++;
        }
    }

    /** Remembers what a search told. */
    static final class Sources implements SearchHandler {
        final List<FoundRow> rows = new ArrayList<>();
        Ending ending;
        int slow;

        @Override
        public boolean onFound(FoundRow row) {
            rows.add(row);
            return true;
        }

        @Override
        public void onSlow() {
            slow++;
        }

        @Override
        public void onEnd(Ending end) {
            if (ending != null) {
                throw new AssertionError("a search ended twice");
            }
            ending = end;
        }
    }

    /** Remembers what a list told. */
    static final class Listing implements ListHandler {
        final List<ListedRow> rows = new ArrayList<>();
        Ending ending;

        @Override
        public boolean onRow(ListedRow row) {
            rows.add(row);
            return true;
        }

        @Override
        public void onEnd(Ending end) {
            if (ending != null) {
                throw new AssertionError("a list ended twice");
            }
            ending = end;
        }
    }
}
