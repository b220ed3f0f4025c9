package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.peer.ClientRig.MILLI;
import static p101.peer.ClientRig.SECOND;
import static p101.peer.ClientRig.refused;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.pdu.ErrorCode;
import p101.pdu.ListFlags;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.RowFlags;
import p101.peer.ClientRig.Listing;
import p101.peer.ClientRig.Sources;

/** S and O against an index that the test plays. */
class QueryTest {
    private static final PeerName BOB = PeerName.of("bob");
    private static final ContentId CONTENT = new ContentId(5);

    private final ClientRig rig = new ClientRig(7);
    private final Sources sources = new Sources();
    private final Listing listing = new Listing();

    private Pdu.Found found(int tx, long id, int flags, ContentId content, PeerName peer) {
        return new Pdu.Found(tx, 0, id, flags, 6010, 100, content, peer, InetAddress.getLoopbackAddress());
    }

    /** In these tests each row's id is ten more than the one before. */
    private Pdu.Entry entry(int tx, int sequence, long id, int listFlags) {
        return entry(tx, sequence, id, listFlags, Math.max(0, id - 10));
    }

    private Pdu.Entry entry(int tx, int sequence, long id, int listFlags, long previousId) {
        boolean empty = (listFlags & ListFlags.EMPTY) != 0;
        return new Pdu.Entry(
                tx,
                0,
                sequence,
                id,
                listFlags,
                0,
                Pdu.Entry.previous(previousId),
                9,
                CONTENT,
                empty ? PeerName.NONE : BOB,
                empty ? FileName.NONE : FileName.of("file" + id));
    }

    private void search() {
        rig.client.search(SearchQuery.ofFile(FileName.of("song")), sources, rig.now());
    }

    @Test
    void aSearchWalksDownUntilThereIsNothingMore() {
        search();
        rig.answer(found(rig.last().tx(), 30, 0, CONTENT, BOB));
        assertThat(((Pdu.Search) rig.last()).beforeId()).isEqualTo(30);
        rig.answer(found(rig.last().tx(), 20, 0, CONTENT, BOB));
        rig.answer(refused(rig.last(), 0, ErrorCode.NOT_FOUND));
        assertThat(sources.rows).extracting(FoundRow::id).containsExactly(30L, 20L);
        assertThat(sources.ending).isEqualTo(Ending.DONE);
        assertThat(rig.client.waitNanos(rig.now())).isEqualTo(IndexClient.NO_TIMER);
    }

    @Test
    void aSearchForNothingSaysNotFound() {
        search();
        rig.answer(refused(rig.last(), 0, ErrorCode.NOT_FOUND));
        assertThat(sources.ending.verdict()).isEqualTo(Verdict.NOT_FOUND);
    }

    @Test
    void everySendHasAnotherTxAndOnlyTheNewestCounts() {
        search();
        rig.advance(20 * SECOND);
        Set<Integer> txs = new HashSet<>();
        rig.sent.forEach(request -> txs.add(request.tx()));
        assertThat(txs).hasSize(rig.sent.size()).hasSizeGreaterThan(4);
        rig.answer(found(rig.sent.get(0).tx(), 30, 0, CONTENT, BOB));
        assertThat(sources.rows).isEmpty();
        assertThat(rig.client.counters().unmatched).isEqualTo(1);
        rig.answer(found(rig.last().tx(), 30, 0, CONTENT, BOB));
        assertThat(sources.rows).hasSize(1);
    }

    @Test
    void aFoundThatDoesNotFitTheQuestionIsNotBelieved() {
        rig.client.search(new SearchQuery(FileName.NONE, BOB, CONTENT, false), sources, rig.now());
        int tx = rig.last().tx();
        rig.answer(found(tx, 30, 0, new ContentId(6), BOB));
        rig.answer(found(tx, 30, 0, CONTENT, PeerName.of("eve")));
        rig.answer(found(tx, 30, RowFlags.PARTIAL, CONTENT, BOB));
        rig.answer(found(tx, 30, RowFlags.NOT_FETCHABLE, CONTENT, BOB));
        rig.answer(entry(tx, 0, 30, ListFlags.LAST));
        rig.answer(refused(rig.last(), 3, ErrorCode.NOT_FOUND));
        assertThat(sources.rows).isEmpty();
        assertThat(sources.ending).isNull();
        rig.answer(found(tx, 30, 0, CONTENT, BOB));
        rig.answer(found(rig.last().tx(), 30, 0, CONTENT, BOB));
        rig.answer(found(rig.last().tx(), 31, 0, CONTENT, BOB));
        assertThat(sources.rows).as("ids go down").hasSize(1);
    }

    @Test
    void thousandsOfForgedAnswersChangeNothing() {
        search();
        int tx = rig.last().tx();
        for (int i = 1; i <= 50_000; i++) {
            rig.answer(found(tx + i, 30, 0, CONTENT, BOB));
            rig.answer(refused(rig.last(), i, ErrorCode.NOT_FOUND));
        }
        assertThat(sources.rows).isEmpty();
        assertThat(sources.ending).isNull();
        assertThat(rig.client.counters().unmatched).isEqualTo(100_000);
    }

    @Test
    void aListTakesEntriesInAnyOrderAndAsksOnAfterTheLast() {
        rig.client.list("", listing, rig.now());
        int tx = rig.last().tx();
        rig.answer(entry(tx, 2, 30, ListFlags.LAST | ListFlags.MORE));
        rig.answer(entry(tx, 0, 10, 0));
        assertThat(listing.rows).hasSize(1);
        rig.answer(entry(tx, 1, 20, 0));
        assertThat(listing.rows).extracting(ListedRow::id).containsExactly(10L, 20L, 30L);
        assertThat(((Pdu.ListRequest) rig.last()).afterId()).isEqualTo(30);
        rig.answer(entry(rig.last().tx(), 0, 40, ListFlags.LAST));
        assertThat(listing.rows).hasSize(4);
        assertThat(listing.ending).isEqualTo(Ending.DONE);
    }

    @Test
    void aGapIsAskedForAgainAfterTheLastContiguousEntry() {
        rig.client.list("", listing, rig.now());
        int tx = rig.last().tx();
        rig.answer(entry(tx, 0, 10, 0));
        rig.answer(entry(tx, 2, 30, ListFlags.LAST));
        rig.advance(600 * MILLI);
        assertThat(((Pdu.ListRequest) rig.last()).afterId()).isEqualTo(10);
        assertThat(rig.last().tx()).isNotEqualTo(tx);
        rig.answer(entry(tx, 1, 20, 0));
        assertThat(listing.rows).as("a late entry of an older burst").hasSize(1);
        rig.answer(entry(rig.last().tx(), 0, 20, 0));
        rig.answer(entry(rig.last().tx(), 1, 30, ListFlags.LAST));
        assertThat(listing.rows).extracting(ListedRow::id).containsExactly(10L, 20L, 30L);
        assertThat(listing.ending).isEqualTo(Ending.DONE);
    }

    @Test
    void theBurstsOfADoubledRequestDoNotMix() {
        rig.client.list("", listing, rig.now());
        int tx = rig.last().tx();
        // First copy: 10, 20, 30. Row 10 goes. Second copy: 20, 30. Lost on the way: the second and third of the first.
        rig.answer(entry(tx, 0, 10, 0, 0));
        rig.answer(entry(tx, 1, 30, ListFlags.LAST, 20));
        assertThat(listing.ending).isNull();
        rig.advance(600 * MILLI);
        assertThat(((Pdu.ListRequest) rig.last()).afterId()).isEqualTo(10);
        rig.answer(entry(rig.last().tx(), 0, 20, 0, 10));
        rig.answer(entry(rig.last().tx(), 1, 30, ListFlags.LAST, 20));
        assertThat(listing.rows).extracting(ListedRow::id).containsExactly(10L, 20L, 30L);
    }

    @Test
    void anEmptyListAndAnEmptyEntryToGoOnAfter() {
        rig.client.list("", listing, rig.now());
        rig.answer(entry(rig.last().tx(), 0, 1000, ListFlags.EMPTY | ListFlags.LAST | ListFlags.MORE, 0));
        assertThat(((Pdu.ListRequest) rig.last()).afterId()).isEqualTo(1000);
        rig.answer(entry(rig.last().tx(), 0, 0, ListFlags.EMPTY | ListFlags.LAST, 1000));
        assertThat(listing.rows).isEmpty();
        assertThat(listing.ending).isEqualTo(Ending.DONE);
    }

    @Test
    void idsThatDoNotRiseAreNotBelieved() {
        rig.client.list("", listing, rig.now());
        int tx = rig.last().tx();
        rig.answer(entry(tx, 0, 10, 0));
        rig.answer(entry(tx, 1, 10, 0, 10));
        rig.answer(entry(tx, 1, 9, ListFlags.EMPTY | ListFlags.LAST | ListFlags.MORE, 10));
        assertThat(listing.rows).hasSize(1);
        assertThat(listing.ending).isNull();
        assertThat(rig.client.counters().wrong).isEqualTo(2);
    }

    @Test
    void entriesThatDoNotMatchTheFilterAreNotBelieved() {
        rig.client.list("song", listing, rig.now());
        rig.answer(entry(rig.last().tx(), 0, 10, ListFlags.LAST));
        assertThat(listing.rows).isEmpty();
        assertThat(listing.ending).isNull();
    }

    @Test
    void aListenerMayStopEitherWalk() {
        List<ListedRow> rows = new ArrayList<>();
        Ending[] ended = new Ending[1];
        rig.client.list(
                "",
                new ListHandler() {
                    @Override
                    public boolean onRow(ListedRow row) {
                        rows.add(row);
                        return false;
                    }

                    @Override
                    public void onEnd(Ending ending) {
                        ended[0] = ending;
                    }
                },
                rig.now());
        rig.answer(entry(rig.last().tx(), 0, 10, 0));
        assertThat(rows).hasSize(1);
        assertThat(ended[0]).isEqualTo(Ending.DONE);
        assertThat(rig.client.waitNanos(rig.now())).isEqualTo(IndexClient.NO_TIMER);
    }

    /** What goes out when the bytes of an answer are spoilt: 35 is the first byte of peer, 51 that of file. */
    private void answerSpoilt(Pdu.Answer answer, int offset, int value) {
        ByteBuffer bytes = ByteBuffer.allocate(101);
        PduCodec.encode(answer, bytes);
        rig.client.onDatagram(bytes.flip().put(offset, (byte) value), rig.now());
    }

    @Test
    void aListPassesOverRowsWithMalformedNamesAndSaysHowMany() {
        rig.client.list("", listing, rig.now());
        int tx = rig.last().tx();
        answerSpoilt(entry(tx, 0, 10, 0), 51, '/');
        rig.answer(entry(tx, 1, 20, 0));
        answerSpoilt(entry(tx, 2, 30, 0), 51, 0xFF);
        answerSpoilt(entry(tx, 3, 40, 0), 35, 0x1B);
        rig.answer(entry(tx, 4, 50, ListFlags.LAST | ListFlags.MORE));
        answerSpoilt(entry(rig.last().tx(), 0, 60, ListFlags.LAST), 51, '.');
        assertThat(listing.rows).extracting(ListedRow::id).containsExactly(20L, 50L);
        assertThat(listing.ending)
                .isEqualTo(new Ending(Verdict.MALFORMED, "the index sent 4 malformed entries, which are left out"));
        assertThat(rig.sent).as("not asked again").hasSize(2);
    }

    @Test
    void aRowWithoutNamesIsPassedOverToo() {
        rig.client.list("", listing, rig.now());
        int tx = rig.last().tx();
        rig.answer(new Pdu.Entry(tx, 0, 0, 10, ListFlags.LAST, 0, 0, 9, CONTENT, BOB, FileName.NONE));
        assertThat(listing.rows).isEmpty();
        assertThat(listing.ending.text()).contains("1 malformed entry, which is left out");
    }

    @Test
    void aSearchPassesOverSourcesWithMalformedNames() {
        search();
        answerSpoilt(found(rig.last().tx(), 30, 0, CONTENT, BOB), 35, '\n');
        assertThat(((Pdu.Search) rig.last()).beforeId()).isEqualTo(30);
        rig.answer(found(rig.last().tx(), 20, 0, CONTENT, BOB));
        rig.answer(refused(rig.last(), 0, ErrorCode.NOT_FOUND));
        assertThat(sources.rows).extracting(FoundRow::id).containsExactly(20L);
        assertThat(sources.ending.verdict()).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void anIndexThatSendsMalformedRowsForEverIsGivenUp() {
        search();
        long id = 1_000_000;
        while (sources.ending == null && id > 0) {
            answerSpoilt(found(rig.last().tx(), id--, 0, CONTENT, BOB), 35, '\n');
        }
        assertThat(sources.ending.verdict()).isEqualTo(Verdict.MALFORMED);
        assertThat(rig.sent).hasSize(1_001);
    }

    @Test
    void answersThatAreNoPdusAreToldFromSilence() {
        rig.client.list("", listing, rig.now());
        answerSpoilt(entry(rig.last().tx(), 0, 10, ListFlags.LAST), 1, 0x82);
        rig.advance(100 * SECOND);
        assertThat(listing.rows).isEmpty();
        assertThat(rig.sent).hasSize(7);
        assertThat(listing.ending)
                .isEqualTo(new Ending(
                        Verdict.MALFORMED,
                        "what answers is not an index of this protocol: it sent 1 malformed answer"));
    }

    @Test
    void aMalformedAnswerToNothingThatWasAskedChangesNothing() {
        rig.client.list("", listing, rig.now());
        answerSpoilt(entry(rig.last().tx() + 1, 0, 10, ListFlags.LAST), 51, '/');
        rig.advance(100 * SECOND);
        assertThat(listing.ending.verdict()).isEqualTo(Verdict.SILENT);
    }

    @Test
    void aListOfASilentIndexEndsAsSilentNeverAsEmpty() {
        rig.client.list("", listing, rig.now());
        rig.advance(100 * SECOND);
        assertThat(listing.ending.verdict()).isEqualTo(Verdict.SILENT);
        assertThat(rig.sent).hasSize(7);
    }
}
