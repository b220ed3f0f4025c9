package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.PeerName;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.peer.ClientRig.Listing;
import p101.peer.ClientRig.Outcome;
import p101.peer.ClientRig.Sources;

/** Whatever an index, or somebody who pretends to be one, sends: no failure, no flood, no second ending, no row twice. */
class IndexClientFuzzTest {
    private static final int PDU_BYTES = 101;
    private static final int TX_OFFSET = 2;

    /** Sends that the requests of {@link Target} make by themselves, and one more for each datagram that came. */
    private static final int SENDS_UNASKED = 5 * 9;

    /** A client with one request of each kind under way. */
    private static final class Target {
        final ClientRig rig = new ClientRig(1);
        final Outcome registered = new Outcome();
        final Outcome removed = new Outcome();
        final Outcome swept = new Outcome();
        final Sources sources = new Sources();
        final Listing listing = new Listing();
        int given;
        int waits;

        Target() {
            rig.client.register(ClientRig.advert("a"), true, registered, rig.now());
            rig.client.deregister(ClientRig.advert("b"), false, removed, rig.now());
            rig.client.sweep(ClientRig.ALICE, rig.client.reserveTx(), swept, rig.now());
            rig.client.search(SearchQuery.ofFile(FileName.of("song")), sources, rig.now());
            rig.client.list("", listing, rig.now());
        }

        /** The tx of one of the requests that were sent. */
        int tx(int which) {
            return rig.sent.get(Math.floorMod(which, rig.sent.size())).tx();
        }

        void give(ByteBuffer datagram) {
            given++;
            rig.client.onDatagram(datagram, rig.now());
        }

        void pass(long nanos) {
            waits++;
            rig.advance(nanos);
        }

        void check() {
            assertThat(registered.ends).isLessThanOrEqualTo(1);
            assertThat(removed.ends).isLessThanOrEqualTo(1);
            assertThat(swept.ends).isLessThanOrEqualTo(1);
            assertThat(listing.rows)
                    .extracting(ListedRow::id)
                    .doesNotHaveDuplicates()
                    .isSorted();
            for (int i = 1; i < sources.rows.size(); i++) {
                assertThat(sources.rows.get(i).id())
                        .isLessThan(sources.rows.get(i - 1).id());
            }
            if (waits == 0) {
                assertThat(rig.sent).hasSizeLessThanOrEqualTo(SENDS_UNASKED + given);
            }
            rig.advance(4_000 * ClientRig.SECOND);
            assertThat(rig.client.waitNanos(rig.now()))
                    .as("all comes to an end")
                    .isEqualTo(IndexClient.NO_TIMER);
            assertThat(registered.ends + removed.ends + swept.ends).isEqualTo(3);
            assertThat(sources.ending).isNotNull();
            assertThat(listing.ending).isNotNull();
        }
    }

    /** Datagrams of any length; of those with the right one, every second gets the tx of an outstanding request. */
    @FuzzTest
    void rawDatagrams(byte[] data) {
        Target target = new Target();
        target.give(ByteBuffer.wrap(data));
        for (int start = 0; start < data.length; start += PDU_BYTES) {
            int length = Math.min(PDU_BYTES, data.length - start);
            ByteBuffer datagram = ByteBuffer.wrap(data.clone(), start, length).slice();
            target.give(datagram.duplicate());
            if (length == PDU_BYTES) {
                datagram.putInt(TX_OFFSET, target.tx(datagram.get(PDU_BYTES - 1)));
                target.give(datagram);
            }
        }
        target.check();
    }

    /** Well-formed answers that mean anything, in any order, with time passing between them. */
    @FuzzTest
    void typedAnswers(FuzzedDataProvider data) {
        Target target = new Target();
        for (int i = 0; i < 64 && data.remainingBytes() > 0; i++) {
            if (data.consumeInt(0, 9) == 0) {
                target.pass(data.consumeLong(0, 5 * ClientRig.SECOND));
            }
            ByteBuffer datagram = ByteBuffer.allocate(PDU_BYTES);
            try {
                PduCodec.encode(answer(target, data), datagram);
            } catch (IllegalArgumentException notEncodable) {
                continue;
            }
            target.give(datagram.flip());
        }
        target.check();
    }

    private static Pdu.Answer answer(Target target, FuzzedDataProvider data) {
        int tx = data.consumeInt(0, 7) == 0 ? data.consumeInt() : target.tx(data.consumeInt(0, 255));
        int cookie = data.consumeInt();
        return switch (data.consumeInt(0, 3)) {
            case 0 ->
                new Pdu.Accepted(
                        tx,
                        cookie,
                        key(data),
                        data.consumeInt(0, 65_535),
                        data.consumeInt(),
                        data.consumeInt(),
                        data.consumeInt(),
                        "");
            case 1 ->
                new Pdu.Refused(
                        tx,
                        cookie,
                        key(data),
                        data.pickValue(ErrorCode.values()),
                        data.consumeInt(),
                        data.consumeInt(0, 65_535),
                        text(data));
            case 2 ->
                new Pdu.Found(
                        tx,
                        cookie,
                        data.consumeLong(0, 1_000),
                        data.consumeInt(0, 7),
                        data.consumeInt(0, 65_535),
                        data.consumeLong(0, 1L << 48),
                        new ContentId(data.consumeLong()),
                        peer(data),
                        address(data));
            default ->
                new Pdu.Entry(
                        tx,
                        cookie,
                        data.consumeInt(0, 255),
                        data.consumeLong(0, 1_000),
                        data.consumeInt(0, 7),
                        data.consumeInt(0, 7),
                        data.consumeInt(0, 1_000),
                        data.consumeLong(0, 1L << 48),
                        new ContentId(data.consumeLong()),
                        peer(data),
                        file(data));
        };
    }

    private static long key(FuzzedDataProvider data) {
        return switch (data.consumeInt(0, 3)) {
            case 0 -> 0;
            case 1 -> data.consumeLong();
            default -> ClientRig.OWNER.key();
        };
    }

    private static String text(FuzzedDataProvider data) {
        return data.consumeAsciiString(20);
    }

    private static PeerName peer(FuzzedDataProvider data) {
        try {
            return new PeerName(data.consumeString(16));
        } catch (InvalidNameException refused) {
            return ClientRig.ALICE;
        }
    }

    private static FileName file(FuzzedDataProvider data) {
        try {
            return new FileName(data.consumeString(30));
        } catch (InvalidNameException refused) {
            return FileName.of("song");
        }
    }

    private static InetAddress address(FuzzedDataProvider data) {
        byte[] bytes = new byte[data.consumeBoolean() ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = data.consumeByte();
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
