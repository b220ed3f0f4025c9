package p101.index;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.index.IndexFixture.ALICE;
import static p101.index.IndexFixture.BOB;
import static p101.index.IndexFixture.LOCAL;
import static p101.index.IndexFixture.at;
import static p101.index.IndexFixture.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import p101.model.Endpoint;
import p101.pdu.ListFlags;
import p101.pdu.Pdu;
import p101.registry.RegistryLimits;

/** O: bursts, walks and who gets how much. spec/PDU.md, section 7.9. */
class ListTest {
    private static final int LAST = ListFlags.LAST;
    private static final int MORE = ListFlags.MORE;
    private static final int EMPTY = ListFlags.EMPTY;

    private final IndexFixture index = new IndexFixture();

    private void share(int files) {
        int cookie = index.cookie(ALICE);
        for (int i = 0; i < files; i++) {
            index.send(ALICE, register(100 + i, cookie, "file" + i));
        }
    }

    private List<Pdu.Entry> list(Endpoint from, int cookie, int limit, long afterId, String filter) {
        return entries(index, from, IndexFixture.list(9, cookie, limit, afterId, filter));
    }

    private static List<Pdu.Entry> entries(IndexFixture index, Endpoint from, Pdu request) {
        return index.send(from, request).stream().map(Pdu.Entry.class::cast).toList();
    }

    @Test
    void anEmptyIndexSaysSo() {
        List<Pdu.Entry> entries = list(BOB, index.cookie(BOB), 0, 0, "");
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).listFlags()).isEqualTo(LAST | EMPTY);
        assertThat(entries.get(0).id()).isZero();
        assertThat(entries.get(0).cookie()).isZero();
    }

    @Test
    void withoutACookieThereIsOneEntryThatCarriesOne() {
        share(3);
        List<Pdu.Entry> entries = list(BOB, 0, 0, 0, "");
        assertThat(entries).hasSize(1);
        Pdu.Entry first = entries.get(0);
        assertThat(first.listFlags()).isEqualTo(LAST | MORE);
        assertThat(first.file().value()).isEqualTo("file0");
        assertThat(list(BOB, first.cookie(), 0, first.id(), "")).hasSize(2);
        assertThat(list(BOB, 0, 0, 0, "nothing").get(0).cookie()).isEqualTo(first.cookie());
    }

    @Test
    void aBurstIsInOrderAndEndsWithTheLast() {
        share(3);
        List<Pdu.Entry> entries = list(BOB, index.cookie(BOB), 0, 0, "");
        assertThat(entries).extracting(Pdu.Entry::sequence).containsExactly(0, 1, 2);
        assertThat(entries).extracting(Pdu.Entry::listFlags).containsExactly(0, 0, LAST);
        assertThat(entries).extracting(entry -> entry.file().value()).containsExactly("file0", "file1", "file2");
        assertThat(entries).extracting(Pdu.Entry::tx).containsOnly(9);
        assertThat(entries).extracting(Pdu.Entry::cookie).containsOnly(0);
        assertThat(entries.get(0).previous()).isZero();
        assertThat(entries.get(1).previous())
                .isEqualTo(Pdu.Entry.previous(entries.get(0).id()));
    }

    @Test
    void aBurstHasAtMost128Entries() {
        share(300);
        int cookie = index.cookie(BOB);
        assertThat(list(BOB, cookie, 0, 0, "")).hasSize(IndexAnswers.MAX_BURST);
        assertThat(list(BOB, cookie, 255, 0, "")).hasSize(IndexAnswers.MAX_BURST);
        assertThat(list(BOB, cookie, 5, 0, "")).hasSize(5);
        assertThat(list(BOB, cookie, 5, 0, "").get(4).listFlags()).isEqualTo(LAST | MORE);
    }

    @Test
    void aWalkSeesEachRowOnce() {
        share(300);
        List<String> seen = new ArrayList<>();
        long after = 0;
        boolean more = true;
        while (more) {
            List<Pdu.Entry> entries = list(BOB, index.cookie(BOB), 0, after, "");
            entries.forEach(entry -> seen.add(entry.file().value()));
            Pdu.Entry last = entries.get(entries.size() - 1);
            after = last.id();
            more = (last.listFlags() & MORE) != 0;
        }
        assertThat(seen).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void aFilterIsAPartOfTheName() {
        share(12);
        List<Pdu.Entry> entries = list(BOB, index.cookie(BOB), 0, 0, "ile1");
        assertThat(entries).extracting(entry -> entry.file().value()).containsExactly("file1", "file10", "file11");
        assertThat(entries.get(2).listFlags()).isEqualTo(LAST);
    }

    @Test
    void aWalkThatLooksAtTooManyRowsSaysWhereToGoOn() {
        IndexFixture small = new IndexFixture(RegistryLimits.DEFAULT.withLooksPerRequest(10), Optional.empty());
        int cookie = small.cookie(ALICE);
        for (int i = 0; i < 40; i++) {
            small.send(ALICE, register(100 + i, cookie, i == 3 || i == 25 ? "wanted" + i : "file" + i));
        }
        List<Pdu.Entry> first = entries(small, ALICE, IndexFixture.list(1, cookie, 0, 0, "wanted"));
        assertThat(first).hasSize(2);
        assertThat(first.get(0).file().value()).isEqualTo("wanted3");
        assertThat(first.get(0).listFlags()).isZero();
        assertThat(first.get(1).listFlags()).isEqualTo(LAST | MORE | EMPTY);
        assertThat(first.get(1).sequence()).isEqualTo(1);
        assertThat(first.get(1).id()).isEqualTo(first.get(0).id() + 6);
        List<Pdu.Entry> second = entries(
                small, ALICE, IndexFixture.list(1, cookie, 0, first.get(1).id(), "wanted"));
        assertThat(second).extracting(Pdu.Entry::listFlags).containsExactly(LAST | MORE | EMPTY);
        List<Pdu.Entry> third = entries(
                small, ALICE, IndexFixture.list(1, cookie, 0, second.get(0).id(), "wanted"));
        assertThat(third.get(0).file().value()).isEqualTo("wanted25");
    }

    @Test
    void whoeverGuessesCookiesForAnAddressGetsNoBurstForIt() {
        index.advanceSeconds(30); // the slot turns in 30 s, before the lease ends
        share(5);
        int right = index.cookie(BOB);
        for (int guess = 1; guess <= SpoofGuard.MOST_WRONG; guess++) {
            assertThat(list(BOB, right, 0, 0, "")).hasSize(5);
            assertThat(list(BOB, right + guess, 0, 0, "")).hasSize(1);
        }
        assertThat(list(BOB, right, 0, 0, "")).hasSize(1);
        assertThat(list(at("10.0.0.3", 1), index.cookie(at("10.0.0.3", 1)), 0, 0, ""))
                .hasSize(5);
        index.advanceSeconds(30);
        assertThat(list(BOB, right, 0, 0, "")).hasSize(5);
        assertThat(index.context.snapshot().wrongCookies()).isEqualTo(SpoofGuard.MOST_WRONG);
    }

    @Test
    void wrongCookiesOfRegistrationsAreGuessesToo() {
        share(5);
        int right = index.cookie(BOB);
        for (int guess = 1; guess <= SpoofGuard.MOST_WRONG; guess++) {
            index.send(BOB, register(1, right + guess, "a"));
        }
        assertThat(list(BOB, right, 0, 0, "")).hasSize(1);
    }

    @Test
    void nobodyForgesLoopback() {
        share(5);
        int right = index.cookie(LOCAL);
        for (int guess = 1; guess <= SpoofGuard.MOST_WRONG; guess++) {
            index.send(LOCAL, register(1, right + guess, "a"));
        }
        assertThat(list(LOCAL, right, 0, 0, "")).hasSize(5);
    }
}
