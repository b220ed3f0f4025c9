package p101.direct;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import p101.model.Content;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.model.Root;

/** Whatever comes to the ports: no exception, no more sent than came to an address that proved nothing, the same text however split. */
class DirectFuzzTest {
    private static final InetSocketAddress STRANGER = Simulation.address(7, 4000);

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** One datagram at a receiver and at a sender that has something on its way. */
    @FuzzTest
    void rawDatagram(byte[] data) {
        if (data != null && data.length <= 65_507) {
            receive(List.of(data));
            sender().onDatagram(ByteBuffer.wrap(data), 1_000);
        }
    }

    private static FileSender sender() {
        FileOffer offer =
                new FileOffer(PeerName.NONE, FileName.of("a"), new Content(new Root(1, 2, 3, 4), 5_000), 10, 0);
        FileSender sender = new FileSender(
                offer,
                ByteBuffer.allocate(10),
                1_200,
                (position, into) -> into.position(into.limit()),
                Randomness.seeded(1),
                datagram -> true,
                end -> {});
        sender.start(0);
        return sender;
    }

    private static void receive(List<byte[]> datagrams) {
        long[] bytes = new long[2];
        OfferHost host = offer -> offer.accept(new MemoryStore().open(offer));
        FileReceiver receiver = new FileReceiver(
                host, Randomness.seeded(1), 1 << 20, (out, to) -> bytes[1] += out.remaining(), () -> 1_000);
        for (byte[] datagram : datagrams) {
            bytes[0] += datagram.length;
            receiver.onDatagram(ByteBuffer.wrap(datagram), STRANGER);
            require(bytes[1] <= bytes[0], "more went out than came in");
        }
        require(receiver.size() == 0, "a stranger without a token has a transfer");
    }

    /** Datagrams that are nearly right, at a transfer that runs. */
    @FuzzTest
    void typedDatagram(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        long[] ids = new long[2];
        long[] now = {1_000};
        DirectCodec codec = new DirectCodec();
        ByteBuffer buffer = ByteBuffer.allocate(DirectCodec.MAX_DATAGRAM_BYTES);
        List<DirectDatagram> answers = new ArrayList<>();
        FileReceiver receiver = new FileReceiver(
                offer -> offer.accept(new MemoryStore().open(offer)),
                Randomness.seeded(2),
                1 << 20,
                (out, to) -> answers.add(codec.read(out)),
                () -> now[0]);
        FileOffer file =
                new FileOffer(PeerName.of("a"), FileName.of("b"), new Content(new Root(5, 6, 7, 8), 6_000), 20, 0);
        receiver.onDatagram(codec.write(new DirectDatagram.Offer(9, 0, 1_200, file), buffer), STRANGER);
        long token = ((DirectDatagram.Challenge) answers.get(0)).token();
        receiver.onDatagram(codec.write(new DirectDatagram.Offer(9, token, 1_200, file), buffer), STRANGER);
        ids[0] = ((DirectDatagram.Accept) answers.get(1)).receiverId();
        while (data.remainingBytes() > 0) {
            now[0] += data.consumeInt(0, 1 << 30);
            DirectDatagram datagram = switch (data.consumeInt(0, 3)) {
                case 0 -> {
                    int chunk = data.consumeInt(0, 7);
                    int length = chunk == 0 ? 20 : 1_200;
                    yield new DirectDatagram.Data(ids[0], data.consumeInt(1, 99), chunk, ByteBuffer.allocate(length));
                }
                case 1 ->
                    new DirectDatagram.Data(
                            ids[0],
                            data.consumeInt(1, Integer.MAX_VALUE),
                            data.consumeInt(0, Integer.MAX_VALUE),
                            ByteBuffer.allocate(data.consumeInt(1, 2_000)));
                case 2 -> new DirectDatagram.Farewell(ids[0]);
                default -> new DirectDatagram.Abort(data.consumeInt(0, 9), 0, DirectReason.CANCELLED);
            };
            receiver.onDatagram(codec.write(datagram, buffer), STRANGER);
            receiver.onTimer(now[0]);
            require(receiver.waitNanos(now[0]) >= 0, "a timer in the past");
        }
    }

    /** Any bytes over one connection; the first one seeds the pieces. */
    @FuzzTest
    void rawText(byte[] data) {
        if (data != null && data.length > 0 && data.length < 100_000) {
            splitsDoNotMatter(Arrays.copyOfRange(data, 1, data.length), data[0]);
        }
    }

    /** Texts of ours, whole, cut and changed. */
    @FuzzTest
    void typedText(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        long id = data.consumeLong();
        int cut = data.consumeInt(0, 3);
        byte[] text = data.consumeRemainingAsBytes();
        byte[] tail = TextMark.tail(text, id, PeerName.of("alice"));
        ByteBuffer all = ByteBuffer.allocate(1 + text.length + tail.length)
                .put(TextMark.START)
                .put(text)
                .put(tail);
        byte[] stream = Arrays.copyOf(all.array(), all.capacity() - cut);
        IncomingText read = splitsDoNotMatter(stream, id);
        if (cut == 0 && text.length <= DirectLimits.MAX_TEXT_BYTES) {
            require(read != null && read.id() == id, "a whole text was not read");
        }
        if (cut > 0) {
            require(read == null, "a part was taken for the whole");
        }
    }

    private static IncomingText splitsDoNotMatter(byte[] stream, long seed) {
        IncomingText whole = play(stream, most -> most, stream.length);
        SplittableRandom random = new SplittableRandom(seed);
        IncomingText pieces = play(stream, most -> 1 + random.nextInt(most), 7);
        boolean early = whole == null && pieces != null && pieces.marked();
        require(early || java.util.Objects.equals(whole, pieces), "the pieces changed the text");
        return pieces;
    }

    private static IncomingText play(byte[] stream, IntUnaryOperator piece, int most) {
        TextReader reader = new TextReader(0);
        int at = 0;
        while (at < stream.length) {
            int count = Math.min(stream.length - at, piece.applyAsInt(most));
            reader.onBytes(ByteBuffer.wrap(stream, at, count), 0);
            at += count;
        }
        reader.onEndOfInput();
        return reader.text();
    }

    /** Datagrams of a published program, each behind its length. */
    @FuzzTest
    void rawPixels(byte[] data) {
        if (data == null) {
            return;
        }
        long[] bytes = new long[2];
        PixelReceiver receiver = new PixelReceiver(
                offer -> offer.accept(new PictureHandler() {
                    @Override
                    public void onPicture(Picture picture) {
                        require(picture.rgb().length == picture.width() * picture.height(), "pixels are missing");
                    }

                    @Override
                    public void onFailed(String why) {
                        require(!why.isEmpty(), "no reason");
                    }
                }),
                (out, to) -> bytes[1] += out.remaining());
        int at = 0;
        while (at < data.length) {
            int length = Math.min(data[at] & 0xFF, data.length - at - 1);
            bytes[0] += length;
            receiver.onDatagram(ByteBuffer.wrap(data, at + 1, length), STRANGER, at);
            at += 1 + length;
            require(bytes[1] <= bytes[0], "more went out than came in");
        }
        receiver.close();
    }
}
