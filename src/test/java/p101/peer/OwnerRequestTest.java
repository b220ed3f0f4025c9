package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.peer.ClientRig.MILLI;
import static p101.peer.ClientRig.OWNER;
import static p101.peer.ClientRig.SECOND;
import static p101.peer.ClientRig.accepted;
import static p101.peer.ClientRig.advert;
import static p101.peer.ClientRig.refused;
import static p101.peer.ClientRig.stale;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.peer.ClientRig.Outcome;

/** R and T against an index that the test plays: timers, tx, cookie, and what is not believed. */
class OwnerRequestTest {
    private final ClientRig rig = new ClientRig(1);
    private final Outcome outcome = new Outcome();

    @Test
    void isSentSevenTimesWithDoubledWaitsAndThenGivenUp() {
        for (int seed = 0; seed < 50; seed++) {
            ClientRig fresh = new ClientRig(seed);
            Outcome silent = new Outcome();
            fresh.client.register(advert("a"), false, silent, fresh.now());
            fresh.advance(63_500 * MILLI * 3 / 4 - 1);
            assertThat(silent.ending).as("seed " + seed + " gives up early").isNull();
            fresh.advance(63_500 * MILLI / 2 + 2);
            assertThat(silent.ending.verdict()).isEqualTo(Verdict.SILENT);
            assertThat(silent.ends).isEqualTo(1);
            assertThat(fresh.sent).hasSize(7);
            for (int i = 1; i < 7; i++) {
                long wait = fresh.sentAtNanos.get(i) - fresh.sentAtNanos.get(i - 1);
                long standard = 500 * MILLI << (i - 1);
                assertThat(wait).as("wait " + i).isBetween(standard * 3 / 4, standard * 5 / 4);
            }
        }
    }

    @Test
    void tellsAPersonWhenTheSecondSendWentUnanswered() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        rig.advance(1_124 * MILLI);
        assertThat(outcome.slow).isZero();
        rig.advance(752 * MILLI);
        assertThat(outcome.slow).isEqualTo(1);
        rig.advance(80 * SECOND);
        assertThat(outcome.slow).isEqualTo(1);
    }

    @Test
    void asksEarlyOnceTheRoundTripIsKnownAndGivesUpNoEarlier() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        rig.advance(10 * MILLI);
        rig.answer(accepted(rig.last(), 1, rig.last().tx()));
        Outcome second = new Outcome();
        int before = rig.sent.size();
        rig.client.register(advert("b"), false, second, rig.now());
        rig.advance(38 * MILLI);
        assertThat(rig.sent).hasSize(before + 2);
        rig.advance(63_500 * MILLI * 3 / 4 - 38 * MILLI);
        assertThat(second.ending).isNull();
        rig.advance(40 * SECOND);
        assertThat(second.ending.verdict()).isEqualTo(Verdict.SILENT);
        assertThat(rig.sent).hasSize(before + 8);
    }

    @Test
    void keepsItsTxWhenItIsSentAgainAndAfterACookie() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        Pdu.Request first = rig.last();
        assertThat(first.cookie()).isZero();
        rig.advance(SECOND);
        assertThat(rig.last()).isEqualTo(first);
        rig.answer(refused(first, OWNER.key(), ErrorCode.COOKIE));
        assertThat(rig.last().tx()).isEqualTo(first.tx());
        assertThat(rig.last().cookie()).isEqualTo(99);
        rig.answer(accepted(first, 1, first.tx()));
        assertThat(outcome.receipt.tx()).isEqualTo(first.tx());
        assertThat(outcome.receipt.alone()).isTrue();
    }

    @Test
    void isNotDrivenToFloodByAnIndexThatAlwaysWantsAnotherCookie() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        for (int i = 0; i < 1000; i++) {
            rig.answer(refused(rig.last(), OWNER.key(), ErrorCode.COOKIE));
        }
        assertThat(rig.sent).hasSize(2);
        rig.advance(100 * SECOND);
        assertThat(outcome.ending.verdict()).isEqualTo(Verdict.SILENT);
        assertThat(rig.sent).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void goesOnAboveTheNewestTxWhenItsOwnIsStale() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        int tx = rig.last().tx();
        rig.answer(stale(rig.last(), tx + 500));
        assertThat(rig.last().tx()).isEqualTo(tx + 501);
        rig.answer(accepted(rig.last(), 1, tx + 501));
        assertThat(outcome.receipt.tx()).isEqualTo(tx + 501);
        rig.client.deregister(advert("a"), false, new Outcome(), rig.now());
        assertThat(rig.last().tx()).isEqualTo(tx + 502);
    }

    @Test
    void doesNotFollowAStaleAnswerForEver() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        for (int i = 0; i < 100 && outcome.ends == 0; i++) {
            rig.answer(stale(rig.last(), rig.last().tx() + 1));
        }
        assertThat(outcome.ending.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(rig.sent).hasSizeLessThan(20);
    }

    @Test
    void doesNotBelieveATxAtTheEndOfTheSequence() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        int tx = rig.last().tx();
        rig.answer(stale(rig.last(), -1));
        assertThat(outcome.ending.verdict()).isEqualTo(Verdict.REFUSED);
        rig.client.register(advert("a"), false, new Outcome(), rig.now());
        assertThat(rig.last().tx()).isEqualTo(tx + 1);
    }

    @Test
    void aSweepNeverTakesAGreaterTx() {
        int reserved = rig.client.reserveTx();
        rig.client.sweep(ClientRig.ALICE, reserved, outcome, rig.now());
        rig.answer(stale(rig.last(), reserved + 10));
        assertThat(outcome.ending.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void txsGrowWhenTheClockIsSetBackAndAcrossARestart() {
        long[] stored = {0};
        TxStore store = new TxStore() {
            @Override
            public long load() {
                return stored[0];
            }

            @Override
            public void save(long mark) {
                stored[0] = mark;
            }
        };
        ClientRig first = new ClientRig(1, store);
        first.client.register(advert("a"), false, outcome, 0);
        int tx = first.last().tx();
        assertThat(tx).isEqualTo(1_700_000_000);
        first.clock.unixMillis -= 3_600_000;
        first.client.register(advert("b"), false, outcome, 0);
        assertThat(first.last().tx()).isEqualTo(tx + 1);

        ClientRig second = new ClientRig(1, store);
        second.clock.unixMillis -= 7_200_000;
        second.client.register(advert("c"), false, outcome, 0);
        assertThat(second.last().tx()).isGreaterThan(tx + 1);
    }

    @Test
    void waitsAsLongAsABusyIndexSays() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        Pdu.Request first = rig.last();
        rig.answer(new Pdu.Refused(first.tx(), 0, OWNER.key(), ErrorCode.BUSY, 0, 10, "later"));
        rig.advance(10 * SECOND);
        assertThat(rig.sent).hasSize(1);
        rig.advance(SECOND);
        assertThat(rig.sent).hasSizeGreaterThan(1);
        assertThat(rig.last().tx()).isEqualTo(first.tx());
        rig.answer(accepted(first, 1, first.tx()));
        assertThat(outcome.receipt).isNotNull();
    }

    @Test
    void aLimitWithoutAdviceAndAConflictEndIt() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        rig.answer(refused(rig.last(), OWNER.key(), ErrorCode.LIMIT));
        assertThat(outcome.ending.verdict()).isEqualTo(Verdict.LIMIT);
        Outcome second = new Outcome();
        rig.client.register(advert("a"), false, second, rig.now());
        rig.answer(refused(rig.last(), OWNER.key(), ErrorCode.CONFLICT));
        assertThat(second.ending.verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(second.ending.text()).isEqualTo("no");
    }

    @Test
    void answersThatDoNotBelongToItAreDroppedAndCounted() {
        rig.client.register(advert("a"), false, outcome, rig.now());
        Pdu.Request request = rig.last();
        rig.answer(new Pdu.Accepted(request.tx() + 1, 1, OWNER.key(), 60, 0, 0, 0, ""));
        rig.answer(new Pdu.Accepted(request.tx(), 1, OWNER.key() + 1, 60, 0, 0, 0, ""));
        rig.answer(refused(request, OWNER.key() + 1, ErrorCode.CONFLICT));
        rig.answer(refused(request, 0, ErrorCode.CONFLICT));
        rig.client.onDatagram(ByteBuffer.allocate(100), rig.now());
        rig.client.onDatagram(ByteBuffer.allocate(101), rig.now());
        rig.client.onDatagram(ByteBuffer.allocate(0), rig.now());
        assertThat(outcome.ends).isZero();
        assertThat(rig.client.counters().unmatched).isEqualTo(2);
        assertThat(rig.client.counters().wrong).isEqualTo(2);
        assertThat(rig.client.counters().malformed).isEqualTo(3);
        rig.answer(accepted(request, 1, request.tx()));
        rig.answer(accepted(request, 1, request.tx()));
        assertThat(outcome.ends).isEqualTo(1);
        assertThat(rig.client.counters().unmatched).isEqualTo(3);
    }

    @Test
    void itIsAloneOnlyWhenNothingElseWasUnderWay() {
        Outcome a = new Outcome();
        Outcome b = new Outcome();
        rig.client.register(advert("a"), false, a, rig.now());
        Pdu.Request first = rig.last();
        rig.client.register(advert("b"), false, b, rig.now());
        rig.answer(accepted(rig.last(), 2, 0));
        rig.answer(accepted(first, 2, 0));
        assertThat(a.receipt.alone()).isFalse();
        assertThat(b.receipt.alone()).isFalse();
    }
}
