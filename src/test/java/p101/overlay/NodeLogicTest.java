package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import p101.model.Endpoint;

/** A node's decisions. It is number 5, its root 1; others are called by their ports too. */
class NodeLogicTest {
    private static final long SECOND = 1_000_000_000L;

    private final Recorder recorder = new Recorder();
    private long now = 9 * SECOND;
    private final NodeLogic node = new NodeLogic(at(5), at(1), List.of(Form.ASCII), recorder, now);

    private static Endpoint at(int port) {
        return AddressText.endpoint(new byte[] {10, 0, 0, 1}, port);
    }

    private void comes(int port, Body body) {
        InetAddress here = at(1).address();
        node.onPacket(new Packet(Form.ASCII, at(port), body), new Via(port, here, here), now);
    }

    private void pass(long seconds) {
        for (long i = 0; i < 2 * seconds; i++) {
            now += SECOND / 2;
            node.onTick(now);
        }
    }

    private void joinUnder(int parent) {
        node.onTick(now);
        comes(1, new Body.RegisterResponse());
        comes(1, new Body.AdvertiseResponse(at(parent)));
        recorder.take();
    }

    @Test
    void itRegistersAsksJoinsAndSaysHello() {
        node.onTick(now);
        assertThat(recorder.take()).containsExactly("close r1", "r1 RegisterRequest");
        comes(1, new Body.RegisterResponse());
        assertThat(recorder.take()).containsExactly("r1 AdvertiseRequest");
        comes(1, new Body.AdvertiseResponse(at(2)));
        assertThat(recorder.take()).containsExactly("t2 Join", "t2 hello [5]");
        pass(4);
        assertThat(recorder.take()).containsExactly("t2 hello [5]");
    }

    @Test
    void withoutAnAnswerItBeginsAnew() {
        node.onTick(now);
        recorder.take();
        pass(8);
        assertThat(recorder.take()).containsExactly("close r1", "r1 RegisterRequest");
        comes(1, new Body.RegisterResponse());
        recorder.take();
        pass(8);
        assertThat(recorder.take()).containsExactly("close r1", "r1 RegisterRequest");
    }

    @Test
    void aParentThatNobodyAskedForIsIgnored() {
        joinUnder(2);
        comes(1, new Body.AdvertiseResponse(at(9)));
        assertThat(recorder.take()).isEmpty();
        assertThat(node.parent()).isEqualTo(at(2));
    }

    @Test
    void aSilentParentIsLostAfterThirtySixSecondsAndTheChildrenStay() {
        joinUnder(2);
        comes(6, new Body.Join());
        pass(34);
        comes(6, new Body.ReunionRequest(List.of(at(6))));
        recorder.take();
        pass(1);
        assertThat(recorder.take()).doesNotContain("close t2");
        pass(1);
        assertThat(recorder.take()).containsExactly("close t2", "r1 AdvertiseRequest");
        comes(2, Body.Message.of("from the old parent"));
        comes(6, new Body.ReunionRequest(List.of(at(6))));
        assertThat(recorder.take()).isEmpty();
        assertThat(recorder.heard).isEmpty();
        comes(1, new Body.AdvertiseResponse(at(3)));
        assertThat(recorder.take()).containsExactly("t3 Join", "t3 hello [5]");
        assertThat(node.children().addresses()).containsExactly(at(6));
    }

    @Test
    void helloBackKeepsTheParent() {
        joinUnder(2);
        for (int i = 0; i < 20; i++) {
            pass(4);
            comes(2, new Body.ReunionResponse(List.of(at(5))));
        }
        assertThat(node.parent()).isEqualTo(at(2));
    }

    @Test
    void aParentWhoseConnectionEndsIsLostAtOnce() {
        joinUnder(2);
        pass(1);
        recorder.take();
        node.onLinkLost(new LinkKey(LinkRole.TREE, at(2)), false, now);
        assertThat(recorder.take()).containsExactly("close t2", "r1 AdvertiseRequest");
    }

    @Test
    void hellosAndTheirAnswersArePassedOn() {
        joinUnder(2);
        comes(6, new Body.Join());
        recorder.take();
        comes(6, new Body.ReunionRequest(List.of(at(8), at(6))));
        comes(9, new Body.ReunionRequest(List.of(at(9))));
        comes(2, new Body.ReunionResponse(List.of(at(5), at(6), at(8))));
        comes(2, new Body.ReunionResponse(List.of(at(6), at(8))));
        comes(2, new Body.ReunionResponse(List.of(at(5), at(9))));
        assertThat(recorder.take()).containsExactly("t2 hello [8, 6, 5]", "t6 back [6, 8]");
    }

    @Test
    void messagesGoToAllNeighboursButTheSender() {
        joinUnder(2);
        comes(6, new Body.Join());
        comes(7, new Body.Join());
        recorder.take();
        comes(6, Body.Message.of("a"));
        comes(2, Body.Message.of("b"));
        comes(9, Body.Message.of("stranger"));
        node.say("own", now);
        assertThat(recorder.take())
                .containsExactly(
                        "t2 says a",
                        "t7 says a",
                        "t6 says b",
                        "t7 says b",
                        "t2 says own",
                        "t6 says own",
                        "t7 says own");
        assertThat(recorder.heard).containsExactly("6: a", "2: b");
    }

    @Test
    void whatIsSaidBeforeThereIsAParentWaits() {
        assertThat(node.say("early", now)).isTrue();
        node.onTick(now);
        comes(1, new Body.RegisterResponse());
        recorder.take();
        comes(1, new Body.AdvertiseResponse(at(2)));
        assertThat(recorder.take()).containsExactly("t2 Join", "t2 hello [5]", "t2 says early");
        node.onLinkLost(new LinkKey(LinkRole.TREE, at(2)), false, now);
        for (int i = 0; i < OverlayLimits.HELD_TEXTS; i++) {
            assertThat(node.say("late", now)).isTrue();
        }
        assertThat(node.say("too much", now)).isFalse();
    }

    @Test
    void aThirdChildIsTurnedAwayUnlessOneIsDoubtful() {
        joinUnder(2);
        comes(6, new Body.Join());
        comes(7, new Body.Join());
        recorder.take();
        comes(8, new Body.Join());
        assertThat(recorder.take()).containsExactly("refuse 8");
        pass(12);
        comes(6, new Body.ReunionRequest(List.of(at(6))));
        recorder.take();
        comes(8, new Body.Join());
        assertThat(recorder.take()).containsExactly("close t7", "open t8");
    }

    @Test
    void aChildWhoseConnectionEndsMakesRoomUnlessItComesBack() {
        joinUnder(2);
        comes(6, new Body.Join());
        node.onConnectionClosed(6, now);
        pass(7);
        assertThat(node.children().addresses()).containsExactly(at(6));
        comes(6, new Body.ReunionRequest(List.of(at(6))));
        pass(7);
        assertThat(node.children().addresses()).containsExactly(at(6));
        node.onConnectionClosed(6, now);
        pass(8);
        assertThat(node.children().addresses()).isEmpty();
    }

    @Test
    void aCircleIsLetGo() {
        joinUnder(2);
        comes(6, new Body.Join());
        recorder.take();
        comes(6, new Body.ReunionRequest(List.of(at(5), at(2), at(6))));
        assertThat(node.parent()).isNull();
        assertThat(recorder.take()).contains("close t2");
    }

    @Test
    void aParentThatJoinsIsAParentNoMore() {
        joinUnder(2);
        comes(2, new Body.Join());
        assertThat(node.parent()).isNull();
        assertThat(node.children().addresses()).isEmpty();
        assertThat(recorder.take()).contains("refuse 2", "close t2");
    }

    @Test
    void aChildThatIsNamedAsParentIsNoChildAnyMore() {
        joinUnder(2);
        comes(6, new Body.Join());
        pass(1);
        node.onLinkLost(new LinkKey(LinkRole.TREE, at(2)), true, now);
        comes(1, new Body.AdvertiseResponse(at(6)));
        assertThat(node.parent()).isEqualTo(at(6));
        assertThat(node.children().addresses()).isEmpty();
    }

    @Test
    void aNodeOfBothFormsSpeaksToItsParentInTheAnswersForm() {
        NodeLogic both = new NodeLogic(at(5), at(1), List.of(Form.ASCII, Form.BINARY), recorder, now);
        both.onTick(now);
        assertThat(recorder.take()).containsExactly("close r1", "r1 RegisterRequest", "r1 RegisterRequest binary");
        InetAddress here = at(1).address();
        Via via = new Via(1, here, here);
        both.onPacket(new Packet(Form.ASCII, at(1), new Body.RegisterResponse()), via, now);
        both.onPacket(new Packet(Form.BINARY, at(1), new Body.AdvertiseResponse(at(2))), via, now);
        assertThat(recorder.take()).contains("t2 Join binary");
    }
}
