package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import p101.model.Endpoint;

/** The root's decisions: who gets which parent, and what comes back of a hello. Nodes are called by their ports. */
class RootLogicTest {
    private static final long SECOND = 1_000_000_000L;

    private final Recorder recorder = new Recorder();
    private final RootLogic root = new RootLogic(7_735, recorder);
    private long now = 7 * SECOND;

    private static Endpoint node(int port) {
        return AddressText.endpoint(new byte[] {10, 0, 0, 1}, port);
    }

    private static Via via(long id) {
        InetAddress remote = node(1).address();
        return new Via(
                id, remote, AddressText.endpoint(new byte[] {10, 0, 0, 9}, 1).address());
    }

    private void comes(int port, Form form, Body body) {
        root.onPacket(new Packet(form, node(port), body), via(port), now);
    }

    private void register(int port, Form form) {
        comes(port, form, new Body.RegisterRequest(null));
    }

    /** Registers and asks; the port of the parent, 0 = no answer. */
    private int place(int port, Form form) {
        register(port, form);
        recorder.take();
        return ask(port, form);
    }

    private int ask(int port, Form form) {
        recorder.take();
        comes(port, form, new Body.AdvertiseRequest());
        return recorder.take().stream()
                .filter(wanted -> wanted.startsWith("r" + port + " parent "))
                .map(wanted -> Integer.parseInt(wanted.split(" ")[2]))
                .findFirst()
                .orElse(0);
    }

    private int place(int port) {
        return place(port, Form.ASCII);
    }

    private void join(int port) {
        comes(port, Form.ASCII, new Body.Join());
    }

    private void hello(int... ports) {
        List<Endpoint> path = new ArrayList<>();
        for (int port : ports) {
            path.add(node(port));
        }
        int last = ports[ports.length - 1];
        root.onPacket(new Packet(Form.ASCII, node(last), new Body.ReunionRequest(path)), via(last), now);
    }

    @Test
    void aRegisterIsAnsweredInItsFormAndASecondOneToo() {
        register(1, Form.BINARY);
        register(1, Form.BINARY);
        assertThat(recorder.take()).containsExactly("r1 RegisterResponse binary", "r1 RegisterResponse binary");
    }

    @Test
    void aRegisterOnAnotherConnectionIsAnsweredOnANewOne() {
        register(1, Form.ASCII);
        recorder.take();
        root.onPacket(new Packet(Form.ASCII, node(1), new Body.RegisterRequest(null)), via(99), now);
        assertThat(recorder.take()).containsExactly("close r1", "r1 RegisterResponse");
    }

    @Test
    void anAdvertiseOfWhomNobodyKnowsIsIgnored() {
        assertThat(ask(1, Form.ASCII)).isZero();
        assertThat(recorder.take()).isEmpty();
    }

    @Test
    void parentsAreFoundBreadthFirst() {
        assertThat(place(1)).isEqualTo(7_735);
        assertThat(place(2)).isEqualTo(7_735);
        assertThat(place(3)).isEqualTo(1);
        assertThat(place(4)).isEqualTo(1);
        assertThat(place(5)).isEqualTo(2);
        assertThat(place(6)).isEqualTo(2);
        assertThat(place(7)).isEqualTo(3);
    }

    @Test
    void aLostParentIsNotNamedAgainUnlessItIsTheRoot() {
        place(1);
        assertThat(ask(1, Form.ASCII)).isEqualTo(7_735);
        place(2);
        assertThat(place(3)).isEqualTo(1);
        assertThat(ask(3, Form.ASCII)).isEqualTo(2);
        assertThat(ask(3, Form.ASCII)).isEqualTo(1);
    }

    @Test
    void theOnlyParentThatThereIsIsNotNamedWhenItWasLostJustNow() {
        place(1, Form.ASCII);
        register(1, Form.BINARY);
        place(2, Form.ASCII);
        assertThat(place(3, Form.BINARY)).isEqualTo(1);
        assertThat(ask(3, Form.BINARY)).isZero();
        assertThat(recorder.changes.get(recorder.changes.size() - 1).kind()).isEqualTo(TreeChange.Kind.NO_PLACE);
    }

    @Test
    void nobodyIsPlacedBelowItself() {
        place(1);
        place(2);
        place(3);
        place(4);
        // 1 has 3 and 4 below it; they must not become its parents though they have room.
        for (int i = 0; i < 5; i++) {
            assertThat(ask(1, Form.ASCII)).isIn(7_735, 2);
        }
    }

    @Test
    void whatHangsBelowTheDeadIsNoParent() {
        place(1);
        join(1);
        place(2);
        join(2);
        place(3);
        place(4);
        hello(3, 1);
        now += 20 * SECOND;
        hello(2);
        hello(5, 2);
        now += 16 * SECOND;
        root.onTick(now);
        // 1, 3 and 4 were silent for 36 s; the place of 1 is free again.
        assertThat(root.tree().rows().stream().filter(TreeRow::live).map(TreeRow::node))
                .containsExactlyInAnyOrder(node(2), node(5));
        assertThat(place(8)).isEqualTo(7_735);
        assertThat(place(9)).isEqualTo(2);
        assertThat(place(10)).isEqualTo(8);
    }

    @Test
    void aParentSpeaksTheFormOfWhoAsks() {
        assertThat(place(1, Form.ASCII)).isEqualTo(7_735);
        assertThat(place(2, Form.BINARY)).isEqualTo(7_735);
        assertThat(place(3, Form.BINARY)).isEqualTo(2);
        assertThat(place(4, Form.BINARY)).isEqualTo(2);
        assertThat(place(5, Form.ASCII)).isEqualTo(1);
        assertThat(place(6, Form.BINARY)).isEqualTo(3);
    }

    @Test
    void whoRegistersInBothFormsIsAParentForBothAndIsAnsweredInItsParents() {
        place(1, Form.ASCII);
        place(2, Form.ASCII);
        register(1, Form.BINARY);
        assertThat(place(3, Form.BINARY)).isEqualTo(1);
        register(4, Form.BINARY);
        register(4, Form.ASCII);
        place(5, Form.BINARY);
        recorder.take();
        comes(4, Form.BINARY, new Body.AdvertiseRequest());
        // 2 speaks ASCII alone.
        assertThat(recorder.take()).containsExactly("r4 parent 2");
    }

    @Test
    void theTreeIsEightDeepAtMost() {
        place(1);
        place(2);
        int deepest = 0;
        for (int port = 3; port <= 600; port++) {
            place(port);
        }
        for (TreeRow row : root.tree().rows()) {
            deepest = Math.max(deepest, row.depth());
        }
        assertThat(deepest).isEqualTo(8);
        assertThat(root.tree().rows().stream().filter(row -> row.depth() > 0)).hasSize(510);
        assertThat(recorder.changes)
                .filteredOn(change -> change.kind() == TreeChange.Kind.NO_PLACE)
                .hasSize(90);
    }

    @Test
    void helloGoesBackTheWayItCame() {
        place(1);
        join(1);
        assertThat(recorder.take()).containsExactly("open t1");
        hello(1);
        hello(5, 3, 1);
        assertThat(recorder.take()).containsExactly("t1 back [1]", "t1 back [1, 3, 5]");
    }

    @Test
    void aHelloThatDoesNotComeFromAChildIsIgnored() {
        place(1);
        hello(1);
        join(1);
        recorder.take();
        root.onPacket(new Packet(Form.ASCII, node(2), new Body.ReunionRequest(List.of(node(1)))), via(2), now);
        root.onPacket(new Packet(Form.ASCII, node(1), new Body.ReunionRequest(List.of(node(2)))), via(1), now);
        root.onPacket(new Packet(Form.ASCII, node(1), new Body.ReunionRequest(List.of())), via(1), now);
        assertThat(recorder.take()).isEmpty();
        root.onPacket(new Packet(Form.ASCII, null, new Body.ReunionRequest(List.of(node(1)))), via(1), now);
        assertThat(recorder.take()).containsExactly("t1 back [1]");
    }

    @Test
    void aThirdChildIsTurnedAway() {
        place(1);
        join(1);
        place(2);
        join(2);
        recorder.take();
        join(3);
        assertThat(recorder.take()).containsExactly("refuse 3");
        assertThat(root.children().addresses()).containsExactly(node(1), node(2));
    }

    @Test
    void messagesGoToTheOtherChildAlone() {
        place(1);
        join(1);
        place(2);
        comes(2, Form.BINARY, new Body.Join());
        recorder.take();
        comes(1, Form.ASCII, Body.Message.of("hi"));
        comes(3, Form.ASCII, Body.Message.of("who am I"));
        root.say("all", now);
        assertThat(recorder.take()).containsExactly("t2 says hi binary", "t1 says all", "t2 says all binary");
        assertThat(recorder.heard).containsExactly("1: hi");
    }

    @Test
    void nobodySpeaksForAnotherMachine() {
        Via elsewhere =
                new Via(5, AddressText.endpoint(new byte[] {10, 0, 0, 66}, 1).address(), via(5).local());
        place(1);
        join(1);
        recorder.take();
        root.onPacket(new Packet(Form.ASCII, node(7), new Body.RegisterRequest(null)), elsewhere, now);
        root.onPacket(new Packet(Form.ASCII, node(1), Body.Message.of("forged")), elsewhere, now);
        root.onPacket(new Packet(Form.ASCII, node(1), new Body.ReunionRequest(List.of(node(1)))), elsewhere, now);
        assertThat(recorder.take()).containsExactly("refuse 5", "refuse 5");
        assertThat(recorder.heard).isEmpty();
        assertThat(root.tree().size()).isEqualTo(1);
    }

    @Test
    void whoCannotBeSentToIsDropped() {
        place(1);
        join(1);
        place(2);
        root.onLinkLost(new LinkKey(LinkRole.TREE, node(1)), false, now);
        assertThat(root.children().addresses()).isEmpty();
        assertThat(place(3)).isEqualTo(7_735);
        root.onLinkLost(new LinkKey(LinkRole.REGISTER, node(2)), true, now);
        assertThat(ask(2, Form.ASCII)).isZero();
        root.onLinkLost(new LinkKey(LinkRole.REGISTER, node(3)), false, now);
        assertThat(ask(3, Form.ASCII)).isEqualTo(7_735);
    }

    @Test
    void endlessRegistersFillATableOfAThousandAndNoMore() {
        for (int port = 1; port <= 5_000; port++) {
            register(port, Form.ASCII);
        }
        assertThat(root.tree().size()).isEqualTo(OverlayLimits.NODES);
        now += 36 * SECOND;
        root.onTick(now);
        register(6_000, Form.ASCII);
        assertThat(root.tree().get(node(6_000))).isNotNull();
        assertThat(root.tree().size()).isEqualTo(OverlayLimits.NODES);
    }
}
