package p101.index;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.index.IndexFixture.ALICE;
import static p101.index.IndexFixture.BOB;
import static p101.index.IndexFixture.INDEX;
import static p101.index.IndexFixture.KEY;
import static p101.index.IndexFixture.LOCAL;
import static p101.index.IndexFixture.PORT;
import static p101.index.IndexFixture.at;
import static p101.index.IndexFixture.deregister;
import static p101.index.IndexFixture.register;
import static p101.index.IndexFixture.search;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduType;
import p101.pdu.RowFlags;
import p101.registry.MemoryRegistry;
import p101.registry.Refusal;
import p101.registry.Registration;
import p101.registry.RegistryLimits;

/** R, T and S, one rule of spec/PDU.md, section 7, after the other. O is in {@link ListTest}. */
class IndexProtocolTest {
    private final IndexFixture index = new IndexFixture();

    @Test
    void aRegistrationNeedsACookieAndGetsOne() {
        Pdu.Refused refused = index.only(Pdu.Refused.class, ALICE, register(100, 0, "song"));
        assertThat(refused.code()).isEqualTo(ErrorCode.COOKIE);
        assertThat(refused.tx()).isEqualTo(100);
        assertThat(refused.ownerKey()).isEqualTo(KEY);
        assertThat(index.only(Pdu.Refused.class, BOB, search(1, "song")).code()).isEqualTo(ErrorCode.NOT_FOUND);

        assertThat(index.only(Pdu.Accepted.class, ALICE, register(100, refused.cookie(), "song")))
                .isEqualTo(new Pdu.Accepted(100, refused.cookie(), KEY, 60, 100, 1, 100, "registered"));
    }

    @Test
    void aCookieHoldsForItsAddressAndPortAlone() {
        int cookie = index.cookie(ALICE);
        for (Endpoint other : List.of(BOB, at("10.0.0.1", 5009), at("::1:0", 5001))) {
            assertThat(index.only(Pdu.Refused.class, other, register(100, cookie, "song"))
                            .code())
                    .isEqualTo(ErrorCode.COOKIE);
        }
    }

    @Test
    void everyAcceptedRequestCarriesAFreshCookie() {
        int first = index.share(ALICE, 100, "a").cookie();
        index.advanceSeconds(61);
        int second =
                index.only(Pdu.Accepted.class, ALICE, register(101, first, "a")).cookie();
        index.advanceSeconds(61);
        assertThat(second).isNotEqualTo(first);
        assertThat(index.only(Pdu.Accepted.class, ALICE, register(102, second, "a"))
                        .cookie())
                .isNotIn(0, first, second);
        assertThat(index.only(Pdu.Refused.class, ALICE, register(103, first, "a"))
                        .code())
                .isEqualTo(ErrorCode.COOKIE);
    }

    @Test
    void refreshAndQuitCarryNoFileName() {
        index.share(ALICE, 100, "a");
        int cookie = index.cookie(ALICE);
        assertThat(index.only(Pdu.Accepted.class, ALICE, register(101, cookie, ""))
                        .heldRows())
                .isEqualTo(1);
        assertThat(index.only(Pdu.Accepted.class, ALICE, deregister(102, cookie, ""))
                        .heldRows())
                .isZero();
        assertThat(index.only(Pdu.Refused.class, BOB, search(1, "a")).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void deRegisteringNeedsACookieToo() {
        index.share(ALICE, 100, "a");
        assertThat(index.only(Pdu.Refused.class, ALICE, deregister(101, 0, "a")).code())
                .isEqualTo(ErrorCode.COOKIE);
        assertThat(index.only(Pdu.Accepted.class, ALICE, deregister(101, index.cookie(ALICE), "a"))
                        .heldRows())
                .isZero();
    }

    @Test
    void aStaleRequestIsToldTheNewestTx() {
        index.share(ALICE, 100, "a");
        Pdu.Refused stale = index.only(Pdu.Refused.class, ALICE, register(99, index.cookie(ALICE), "a"));
        assertThat(stale.code()).isEqualTo(ErrorCode.STALE);
        assertThat(stale.newestTx()).isEqualTo(100);
        assertThat(stale.ownerKey()).isEqualTo(KEY);
    }

    @Test
    void aForeignKeyGetsAConflictAndRemovesNothing() {
        index.share(ALICE, 100, "a");
        int cookie = index.cookie(BOB);
        Pdu.Register taking = new Pdu.Register(
                500,
                cookie,
                99,
                0,
                PORT,
                1,
                ContentId.NONE,
                PeerName.of("alice"),
                register(1, 0, "a").file());
        Pdu.Deregister removing = new Pdu.Deregister(
                501,
                cookie,
                99,
                0,
                PORT,
                1,
                ContentId.NONE,
                PeerName.of("alice"),
                register(1, 0, "a").file());
        assertThat(index.only(Pdu.Refused.class, BOB, taking).code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(index.only(Pdu.Refused.class, BOB, removing).code()).isEqualTo(ErrorCode.NOT_YOURS);
    }

    @Test
    void theSourceOfARowIsTheSourceOfItsDatagram() {
        index.share(ALICE, 100, "a");
        Pdu.Found found = index.only(Pdu.Found.class, BOB, search(77, "a"));
        assertThat(found)
                .isEqualTo(new Pdu.Found(
                        77, 0, found.id(), 0, PORT, 700, new ContentId(7), PeerName.of("alice"), ALICE.address()));
    }

    @Test
    void aSearchThatLooksAtTooManyRowsIsTold() {
        IndexFixture small = new IndexFixture(RegistryLimits.DEFAULT.withLooksPerRequest(3), Optional.empty());
        for (int i = 0; i < 5; i++) {
            small.share(ALICE, 100 + i, "file" + i);
        }
        Pdu.Search byPeer = new Pdu.Search(
                1,
                0,
                false,
                0,
                ContentId.NONE,
                PeerName.of("nobody"),
                search(1, "").file());
        Pdu.Refused refused = small.only(Pdu.Refused.class, BOB, byPeer);
        assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT);
        assertThat(refused.text()).contains("narrow the search");
        assertThat(refused.ownerKey()).isZero();
    }

    @Test
    void anOwnerOnLoopbackIsShownUnderTheAddressThatWasAsked() {
        index.share(LOCAL, 100, "a");
        assertThat(index.only(Pdu.Found.class, LOCAL, search(1, "a")).address()).isEqualTo(LOCAL.address());
        assertThat(index.only(Pdu.Found.class, BOB, search(1, "a")).address()).isEqualTo(INDEX.address());
        index.asked = at("192.168.7.7", 60_000);
        assertThat(index.only(Pdu.Found.class, BOB, search(1, "a")).address()).isEqualTo(index.asked.address());
    }

    @Test
    void anAdvertisedAddressStandsForLoopback() {
        Endpoint outside = at("203.0.113.5", 1);
        IndexFixture natted = new IndexFixture(RegistryLimits.DEFAULT, Optional.of(outside.address()));
        natted.share(LOCAL, 100, "a");
        assertThat(natted.only(Pdu.Found.class, BOB, search(1, "a")).address()).isEqualTo(outside.address());
        assertThat(natted.only(Pdu.Found.class, LOCAL, search(1, "a")).address())
                .isEqualTo(LOCAL.address());
    }

    @Test
    void anotherAddressIsShownAsItIsToLoopbackToo() {
        index.share(ALICE, 100, "a");
        assertThat(index.only(Pdu.Found.class, LOCAL, search(1, "a")).address()).isEqualTo(ALICE.address());
    }

    @Test
    void aLinkLocalSourceMayAskButNotRegister() {
        Endpoint linkLocal = at("fe80::1", 5001);
        Pdu.Refused refused = index.only(Pdu.Refused.class, linkLocal, register(100, 0, "a"));
        assertThat(refused.code()).isEqualTo(ErrorCode.ADDRESS);
        assertThat(refused.ownerKey()).isEqualTo(KEY);
        assertThat(refused.cookie()).isZero();
        assertThat(index.only(Pdu.Refused.class, linkLocal, deregister(100, 0, "a"))
                        .code())
                .isEqualTo(ErrorCode.ADDRESS);
        assertThat(index.only(Pdu.Refused.class, linkLocal, search(1, "a")).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(index.cookie(at("169.254.3.4", 5001))).isNotZero();
    }

    @Test
    void whatIsMalformedIsToldWithItsTxAndKeyBeforeAnyCookie() {
        ByteBuffer noPort = IndexFixture.bytes(register(100, 0, "a"));
        noPort.putShort(19, (short) 0);
        Pdu.Refused refused = (Pdu.Refused) index.send(ALICE, noPort).get(0);
        assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(refused.tx()).isEqualTo(100);
        assertThat(refused.ownerKey()).isEqualTo(KEY);
        assertThat(refused.cookie()).isZero();
        assertThat(((Pdu.Refused) index.send(at("fe80::1", 9), noPort).get(0)).code())
                .isEqualTo(ErrorCode.ADDRESS);

        ByteBuffer badName = IndexFixture.bytes(search(101, "a"));
        badName.put(51, (byte) '/');
        Pdu.Refused nameless = (Pdu.Refused) index.send(ALICE, badName).get(0);
        assertThat(nameless.code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(nameless.ownerKey()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1,0",
                "0.0.0.0,9",
                "::,9",
                "224.0.0.1,9",
                "ff02::1,9",
                "255.255.255.255,9",
                "10.0.0.100,60000"
            })
    void whatCannotBeAnsweredIsDropped(String source) {
        Endpoint from = at(source.split(",")[0], Integer.parseInt(source.split(",")[1]));
        assertThat(index.send(from, search(1, "a"))).isEmpty();
        assertThat(index.send(from, register(1, 0, "a"))).isEmpty();
        assertThat(index.context.snapshot().droppedInAll()).isEqualTo(2);
    }

    @Test
    void theIndexDropsWhatClaimsToComeFromAnyOfItsAddresses() {
        Endpoint second = at("10.0.1.100", 60_000);
        index.context.own().add(second);
        assertThat(index.send(second, search(1, "a"))).isEmpty();
        assertThat(index.context.snapshot().dropped()).containsEntry(DropReason.OWN_ADDRESS, 1L);
        assertThat(index.send(at("10.0.1.101", 60_000), search(1, "a"))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void everyRefusalIsTold(Refusal refusal) {
        IndexFixture refusing = new IndexFixture(new RefusingRegistry(refusal), Optional.empty());
        Pdu.Refused refused = refusing.only(Pdu.Refused.class, ALICE, register(100, refusing.cookie(ALICE), "a"));
        assertThat(refused.text()).isNotBlank().isEqualTo(PduCodec.fitText(refused.text()));
        assertThat(refused.code()).isEqualTo(RefusalAnswer.of(refusal).code());
        assertThat(refused.newestTx()).isEqualTo(RefusingRegistry.NEWEST_TX);
        boolean mayPass = refused.code() == ErrorCode.LIMIT || refused.code() == ErrorCode.BUSY;
        assertThat(mayPass || refused.retryAfterSeconds() == 0).isTrue();
        assertThat(refusing.send(ALICE, IndexFixture.list(1, 0, 0, 0, ""))).hasSize(1);
    }

    @Test
    void rowFlagsAreTheRegistrysFlags() {
        assertThat(Registration.PARTIAL).isEqualTo(RowFlags.PARTIAL);
        assertThat(Registration.P2PCI_GET).isEqualTo(RowFlags.P2PCI_GET);
        assertThat(Registration.NOT_FETCHABLE).isEqualTo(RowFlags.NOT_FETCHABLE);
    }

    @Test
    void limitsAreToldAsLimits() {
        IndexFixture small = new IndexFixture(RegistryLimits.DEFAULT.withRowsPerAddress(1), Optional.empty());
        small.share(ALICE, 100, "a");
        Pdu.Refused full = small.only(Pdu.Refused.class, ALICE, register(101, small.cookie(ALICE), "b"));
        assertThat(full.code()).isEqualTo(ErrorCode.LIMIT);
    }

    @Test
    void everyPduIsTracedAndCountedAndNoSecretIsShown() {
        index.share(ALICE, 100, "a");
        index.send(ALICE, ByteBuffer.allocate(5));
        assertThat(index.trace).hasSize(5);
        assertThat(index.trace.get(0)).startsWith("<< 10.0.0.1:5001  R");
        assertThat(index.trace.get(1)).startsWith(">> 10.0.0.1:5001  E");
        IndexSnapshot snapshot = index.context.snapshot();
        assertThat(snapshot.pdus())
                .containsEntry(PduType.REGISTER, 2L)
                .containsEntry(PduType.REFUSED, 1L)
                .containsEntry(PduType.ACCEPTED, 1L);
        assertThat(snapshot.errors()).containsOnlyKeys(ErrorCode.COOKIE);
        assertThat(snapshot.dropped()).containsOnlyKeys(DropReason.LENGTH);
    }

    @Test
    void theSizeOfTheRegistryIsMeasured() {
        index.share(ALICE, 100, "a");
        index.context.measure(index.nowNanos);
        assertThat(index.context.snapshot().size()).isEqualTo(new IndexSnapshot.Size(1, 1));
    }

    @Test
    void indexesOnOneRegistryTakeEachOthersCookies() {
        MemoryRegistry shared = new MemoryRegistry(RegistryLimits.DEFAULT, 60, 1, p101.model.Randomness.seeded(3));
        IndexFixture first = new IndexFixture(shared, Optional.empty());
        IndexFixture second = new IndexFixture(shared, Optional.empty());
        int cookie = first.cookie(ALICE);
        second.only(Pdu.Accepted.class, ALICE, register(100, cookie, "a"));
        assertThat(first.only(Pdu.Found.class, BOB, search(1, "a")).address()).isEqualTo(ALICE.address());
    }
}
