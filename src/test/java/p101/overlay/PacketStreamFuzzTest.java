package p101.overlay;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import p101.model.Endpoint;

/** Whatever comes, in whatever pieces: the same packets and ACKs come out of it, and what is understood is written the same. */
class PacketStreamFuzzTest {
    private static final int MAX_STREAM = 300_000;

    /** Any bytes; the first one seeds the pieces. */
    @FuzzTest
    void raw(byte[] data) {
        if (data != null && data.length > 0) {
            check(Arrays.copyOfRange(data, 1, Math.min(data.length, MAX_STREAM)), data[0]);
        }
    }

    /** Packets, ACKs and a few broken ones, one behind the other. */
    @FuzzTest
    void typed(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        long seed = data.consumeLong();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<Packet> sent = new ArrayList<>();
        boolean whole = true;
        while (data.remainingBytes() > 0 && stream.size() < MAX_STREAM) {
            int kind = data.consumeInt(0, 9);
            if (kind == 9) {
                stream.writeBytes(data.consumeBytes(12));
                whole = false;
            } else if (kind == 8) {
                stream.writeBytes(PacketCodec.ACK);
            } else {
                Packet packet = packet(kind, data);
                sent.add(packet);
                stream.writeBytes(PacketCodec.encode(packet));
            }
        }
        List<Object> items = check(stream.toByteArray(), seed);
        if (whole) {
            require(items.stream().filter(Packet.class::isInstance).toList().equals(sent), "packets changed");
        }
    }

    private static Packet packet(int kind, FuzzedDataProvider data) {
        Form form = data.consumeBoolean() ? Form.ASCII : Form.BINARY;
        Endpoint source = endpoint(data);
        return switch (kind) {
            case 0 -> new Packet(form, source, new Body.RegisterRequest(data.consumeBoolean() ? endpoint(data) : null));
            case 1 -> new Packet(form, source, new Body.RegisterResponse());
            case 2 -> new Packet(form, source, new Body.AdvertiseRequest());
            case 3 -> new Packet(form, source, new Body.AdvertiseResponse(endpoint(data)));
            case 4 -> new Packet(form, source, new Body.Join());
            case 5 -> new Packet(form, source, Body.Message.of(data.consumeString(5_000)));
            case 6 -> new Packet(form, data.consumeBoolean() ? source : null, new Body.ReunionRequest(path(data)));
            default -> new Packet(form, data.consumeBoolean() ? source : null, new Body.ReunionResponse(path(data)));
        };
    }

    private static Endpoint endpoint(FuzzedDataProvider data) {
        byte[] octets = Arrays.copyOf(data.consumeBytes(4), 4);
        return AddressText.endpoint(octets, data.consumeInt(0, 65_535));
    }

    private static List<Endpoint> path(FuzzedDataProvider data) {
        List<Endpoint> path = new ArrayList<>();
        for (int left = data.consumeInt(0, 99); left > 0; left--) {
            path.add(endpoint(data));
        }
        return path;
    }

    private static List<Object> check(byte[] stream, long seed) {
        List<Object> smooth = items(stream, new SplittableRandom(0), MAX_STREAM);
        require(smooth.equals(items(stream, new SplittableRandom(seed), 9)), "the pieces changed what came out");
        require(smooth.equals(items(stream, new SplittableRandom(seed), 1)), "single bytes changed what came out");
        for (Object item : smooth) {
            if (item instanceof Packet packet) {
                require(
                        items(PacketCodec.encode(packet), new SplittableRandom(seed), 50)
                                .equals(List.of(packet)),
                        "lost");
            }
        }
        return smooth;
    }

    /** Packets, ACKs, and the words about what was malformed, up to where the stream cannot be followed any more. */
    static List<Object> items(byte[] stream, SplittableRandom random, int most) {
        List<Object> items = new ArrayList<>();
        PacketFramer framer = new PacketFramer();
        int at = 0;
        try {
            while (at < stream.length) {
                int count = Math.min(stream.length - at, 1 + random.nextInt(most));
                ByteBuffer in = ByteBuffer.wrap(stream, at, count);
                for (StreamItem item = framer.next(in); item != null; item = framer.next(in)) {
                    items.add(read(item));
                }
                require(!in.hasRemaining(), "bytes were left");
                require(framer.pendingBytes() <= at + count, "more is pending than has come");
                at += count;
            }
        } catch (BadPacketException bad) {
            items.add("broken: " + bad.getMessage());
        }
        return items;
    }

    private static Object read(StreamItem item) {
        try {
            return item instanceof StreamItem.Framed framed ? PacketCodec.decode(framed) : item;
        } catch (BadPacketException bad) {
            return bad.getMessage();
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
