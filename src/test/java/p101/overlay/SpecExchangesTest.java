package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p101.model.Endpoint;

/** Plays the exchanges of spec/OVERLAY.md, section 10, with our root and with our node. */
class SpecExchangesTest {
    private static final Path SPEC = Path.of("spec", "OVERLAY.md");
    private static final String TO_ROOT = "N -> R";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private record Step(String direction, byte[] bytes) {}

    private static List<Step> steps(Form form) throws IOException {
        String text = Files.readString(SPEC);
        String section = text.split("(?i)### " + form)[1].split("###")[0];
        List<Step> steps = new ArrayList<>();
        for (String part : section.split("\n    (?=[NR] -> )")) {
            if (part.startsWith("N") || part.startsWith("R")) {
                String hex = part.substring(part.indexOf('\n') + 1).replaceAll("\\s", "");
                steps.add(new Step(
                        part.substring(0, TO_ROOT.length()), HexFormat.of().parseHex(hex)));
            }
        }
        return steps;
    }

    private static Packet packet(Step step) throws BadPacketException {
        return PacketCodec.decode((StreamItem.Framed) new PacketFramer().next(ByteBuffer.wrap(step.bytes())));
    }

    private static byte[] all(List<Step> steps, boolean toRoot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        steps.stream()
                .filter(step -> step.direction().equals(TO_ROOT) == toRoot)
                .forEach(step -> bytes.writeBytes(step.bytes()));
        return bytes.toByteArray();
    }

    /** Keeps the bytes of what is sent. */
    private static final class Sent implements Actions {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void open(LinkKey link, Endpoint face) {}

        @Override
        public void send(LinkKey link, Packet packet) {
            bytes.writeBytes(PacketCodec.encode(packet));
        }

        @Override
        public void close(LinkKey link) {}

        @Override
        public void refuse(Via via) {
            throw new AssertionError("refused");
        }

        @Override
        public void heard(Endpoint from, String text) {}

        @Override
        public void changed(TreeChange change) {}
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void ourRootSaysWhatIsWritten(Form form) throws Exception {
        Sent sent = new Sent();
        RootLogic root = new RootLogic(7_735, sent);
        List<Step> steps = steps(form);
        assertThat(steps).hasSize(8);
        for (Step step : steps) {
            if (step.direction().equals(TO_ROOT)) {
                root.onPacket(packet(step), new Via(1, HERE, HERE), 0);
            }
        }
        assertThat(sent.bytes.toByteArray()).isEqualTo(all(steps, false));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void ourNodeSaysWhatIsWritten(Form form) throws Exception {
        Sent sent = new Sent();
        Endpoint self = new Endpoint(HERE, 5_001);
        NodeLogic node = new NodeLogic(self, new Endpoint(HERE, 7_735), List.of(form), sent, 0);
        List<Step> steps = steps(form);
        node.onTick(0);
        for (Step step : steps) {
            if (!step.direction().equals(TO_ROOT)) {
                node.onPacket(packet(step), new Via(1, HERE, HERE), 0);
            }
        }
        node.say("hé", 0);
        assertThat(sent.bytes.toByteArray()).isEqualTo(all(steps, true));
    }
}
