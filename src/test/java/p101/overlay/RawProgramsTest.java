package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.Endpoint;
import p101.room.Door;
import p101.room.Room;
import p101.room.RoomLimits;
import p101.room.Seat;
import p101.room.Sentence;

/** Our root and nodes together with programs that others could have written, over real sockets. */
class RawProgramsTest {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long FAST_TICK_MILLIS = 50;
    private static final long COURSE_TICK_MILLIS = 2_000;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final EventLoop loop = new EventLoop(System::nanoTime, failures::add);
    private final Thread thread = new Thread(loop::run, "overlay-test");
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Ear room = new Ear();
    private Seat seat;
    private OverlayRoot root;

    /** Somebody in the room behind the root. */
    private static final class Ear implements Door {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "lobby";
        }

        @Override
        public void hear(Sentence sentence) {
            heard.add(sentence.text());
        }
    }

    /** A node of ours, and what it heard. */
    private record OurNode(OverlayNode node, List<String> heard) {}

    @BeforeEach
    void start() throws IOException {
        Room conversation = new Room(Clock.SYSTEM, RoomLimits.DEFAULT, failures::add);
        seat = conversation.join(room);
        root = OverlayRoot.inRoom(loop, conversation);
        root.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
        loop.close();
        thread.join();
        assertThat(failures).isEmpty();
    }

    private <T> T inLoop(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting in vain for " + what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private RawNode raw(Form form, long tickMillis, int expectedParent) throws IOException {
        RawNode node = new RawNode(form == Form.BINARY, root.localAddress().getPort(), tickMillis);
        running.add(node);
        until("the place of a raw node", () -> node.hellosBack > 0);
        assertThat(node.parent).isEqualTo(expectedParent);
        return node;
    }

    private OurNode ours(Form form, int expectedParent) {
        List<String> heard = new CopyOnWriteArrayList<>();
        OverlayNode node = inLoop(() -> {
            try {
                return OverlayNode.start(
                        loop, root.localAddress(), null, 0, List.of(form), (from, text) -> heard.add(text));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        until("a parent", () -> inLoop(() -> node.parent() != null));
        until("the tree to know", () -> inLoop(() -> isJoined(node.self())));
        assertThat(inLoop(node::parent).port()).isEqualTo(expectedParent);
        return new OurNode(node, heard);
    }

    private boolean isJoined(Endpoint node) {
        return root.tree().stream().anyMatch(row -> row.node().equals(node) && row.live() && row.joined());
    }

    private int rootPort() {
        return root.localAddress().getPort();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void rawNodesAreParentsAndChildrenOfOursAndPassEverythingOn(Form form) throws IOException {
        OurNode a = ours(form, rootPort());
        RawNode b = raw(form, FAST_TICK_MILLIS, rootPort());
        RawNode c = raw(form, FAST_TICK_MILLIS, a.node().self().port());
        OurNode d = ours(form, a.node().self().port());
        RawNode e = raw(form, FAST_TICK_MILLIS, b.port());
        OurNode f = ours(form, b.port());

        inLoop(() -> seat.say("alice", "hello to all"));
        inLoop(() -> a.node().say("from a"));
        b.say("from b");
        c.say("from c");
        inLoop(() -> d.node().say("from d"));
        e.say("from e, in UTF-8: größe €");
        inLoop(() -> f.node().say("from f"));

        String alice = "alice: hello to all";
        String fromE = "from e, in UTF-8: größe €";
        until(
                "everybody to hear everything",
                () -> List.of(a.heard(), b.heard, c.heard, d.heard(), e.heard, f.heard(), room.heard).stream()
                        .allMatch(heard -> heard.size() >= 6));
        assertThat(a.heard()).containsExactlyInAnyOrder(alice, "from b", "from c", "from d", fromE, "from f");
        assertThat(b.heard).containsExactlyInAnyOrder(alice, "from a", "from c", "from d", fromE, "from f");
        assertThat(c.heard).containsExactlyInAnyOrder(alice, "from a", "from b", "from d", fromE, "from f");
        assertThat(d.heard()).containsExactlyInAnyOrder(alice, "from a", "from b", "from c", fromE, "from f");
        assertThat(e.heard).containsExactlyInAnyOrder(alice, "from a", "from b", "from c", "from d", "from f");
        assertThat(f.heard()).containsExactlyInAnyOrder(alice, "from a", "from b", "from c", "from d", fromE);
        assertThat(room.heard).containsExactlyInAnyOrder("from a", "from b", "from c", "from d", fromE, "from f");

        // A raw parent dies: its child of ours finds another one and is heard again.
        b.close();
        until(
                "another parent",
                () -> inLoop(
                        () -> f.node().parent() != null && f.node().parent().port() != b.port()));
        inLoop(() -> f.node().say("still here"));
        until("the rest to hear it", () -> c.heard.contains("still here") && room.heard.contains("still here"));
        for (RawNode node : List.of(b, c, e)) {
            assertThat(node.troubles).isEmpty();
        }
    }

    @Test
    void programsThatLookUpEveryTwoSecondsDoNotHoldAnybodyUp() throws IOException {
        RawNode slow = raw(Form.ASCII, COURSE_TICK_MILLIS, rootPort());
        RawNode other = raw(Form.ASCII, COURSE_TICK_MILLIS, rootPort());
        OurNode child = ours(Form.ASCII, slow.port());
        for (int i = 0; i < 20; i++) {
            String text = "sentence " + i;
            inLoop(() -> seat.say("bob", text));
        }
        until("all sentences at the end of the branch", () -> child.heard().size() == 20);
        until("all sentences", () -> slow.heard.size() == 20 && other.heard.size() == 20);
        assertThat(child.heard()).first().isEqualTo("bob: sentence 0");
        assertThat(child.heard()).last().isEqualTo("bob: sentence 19");
        inLoop(() -> child.node().say("answer"));
        until("the answer", () -> other.heard.contains("answer"));
        assertThat(slow.troubles).isEmpty();
        assertThat(other.troubles).isEmpty();
    }

    @Test
    void aLongSentenceComesInPacketsThatEverybodyReceivesInOnePiece() throws IOException {
        RawNode raw = raw(Form.BINARY, FAST_TICK_MILLIS, rootPort());
        String text = "wörter ".repeat(500).strip();
        inLoop(() -> seat.say("alice", text));
        until("the parts", () -> raw.heard.size() == 2);
        StringBuilder whole = new StringBuilder();
        for (String part : raw.heard) {
            assertThat(part).startsWith("alice: ");
            whole.append(part.substring("alice: ".length()));
        }
        assertThat(whole).hasToString(text);
        assertThat(raw.troubles).isEmpty();
    }

    @Test
    void formsDoNotMixUnderARootThatSpeaksBoth() throws IOException {
        RawNode ascii = raw(Form.ASCII, FAST_TICK_MILLIS, rootPort());
        RawNode binary = raw(Form.BINARY, FAST_TICK_MILLIS, rootPort());
        RawNode below = raw(Form.BINARY, FAST_TICK_MILLIS, binary.port());
        below.say("across");
        until("the other form", () -> ascii.heard.contains("across") && room.heard.contains("across"));
        for (RawNode node : List.of(ascii, binary, below)) {
            assertThat(node.troubles).isEmpty();
        }
    }
}
