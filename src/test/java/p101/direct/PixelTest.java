package p101.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pictures in the published form, between ours and a sender and a receiver written from the rules. */
class PixelTest {
    private static final InetSocketAddress SENDER = Simulation.address(1, 4000);

    private final List<Picture> pictures = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private PictureOffer offered;
    private final List<PictureOffer> gone = new ArrayList<>();
    private final PixelReceiver receiver = new PixelReceiver(new Host(), (out, to) -> answers.add(out.remaining()));

    private final class Host implements PictureHost {
        @Override
        public void onPicture(PictureOffer offer) {
            offered = offer;
        }

        @Override
        public void onPictureGone(PictureOffer offer) {
            gone.add(offer);
        }
    }

    private final class Handler implements PictureHandler {
        @Override
        public void onPicture(Picture picture) {
            pictures.add(picture);
        }

        @Override
        public void onFailed(String why) {
            failures.add(why);
        }
    }

    private int send(byte... bytes) {
        answers.clear();
        receiver.onDatagram(ByteBuffer.wrap(bytes), SENDER, 0);
        return answers.size();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] pixel(int colour, int column) {
        byte[] bytes = new byte[3 + column];
        bytes[0] = (byte) (colour >> 16);
        bytes[1] = (byte) (colour >> 8);
        bytes[2] = (byte) colour;
        return bytes;
    }

    @Test
    void oneAboutWhichNobodyDecidesIsToldToBeGoneWhenItsSenderIsSilent() {
        send(ascii("photo.png"));
        receiver.onTimer(PixelReceiver.SILENCE_NANOS - 1);
        assertThat(gone).isEmpty();
        receiver.onTimer(PixelReceiver.SILENCE_NANOS);
        assertThat(gone).containsExactly(offered);
        assertThat(offered.isOpen()).isFalse();
        send(ascii("other.png"));
        receiver.close();
        assertThat(gone).as("not when it is we who end").hasSize(1);
    }

    @Test
    void aPictureComesAsItWasSentThoughAnswersAreLost() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(send(ascii("photo.png")))
                .as("not before somebody has decided")
                .isZero();
        assertThat(send(ascii("photo.png"))).isZero();
        offered.accept(new Handler());
        assertThat(answers).hasSize(1);
        assertThat(send(ascii("photo.png"))).as("its answer was lost").isEqualTo(1);
        int[] rgb = random.ints(13 * 9, 0, 1 << 24).toArray();
        for (int i = 0; i < rgb.length; i++) {
            for (int times = random.nextInt(3); times >= 0; times--) {
                assertThat(send(pixel(rgb[i], i % 13))).isEqualTo(1);
            }
        }
        assertThat(send(ascii("finish"))).isEqualTo(1);
        assertThat(send(ascii("finish"))).as("its answer was lost").isEqualTo(1);
        assertThat(pictures).hasSize(1);
        assertThat(pictures.get(0).width()).isEqualTo(13);
        assertThat(pictures.get(0).height()).isEqualTo(9);
        assertThat(pictures.get(0).rgb()).isEqualTo(rgb);
    }

    @Test
    void aGapIsBlackAndNobodyGetsMoreThanHeSent() {
        assertThat(send((byte) 'x')).isZero();
        offered.accept(new Handler());
        assertThat(answers).containsExactly(1);
        send(pixel(0xFFFFFF, 0));
        send(pixel(0xFFFFFF, 2));
        send(pixel(0x123456, 0));
        send(ascii("finish"));
        assertThat(pictures.get(0).rgb()).containsExactly(0xFFFFFF, 0, 0xFFFFFF, 0x123456, 0, 0);
    }

    @Test
    void tooManyPixelsAndASilenceEndIt() {
        send(ascii("wide"));
        offered.accept(new Handler());
        for (int row = 0; failures.isEmpty() && row < 1_000; row++) {
            send(pixel(row, DirectLimits.MAX_PIXEL_COLUMNS - 1));
            send(pixel(row, 0));
        }
        assertThat(failures).hasSize(1);
        send(ascii("silent"));
        offered.accept(new Handler());
        receiver.onTimer(PixelReceiver.SILENCE_NANOS);
        assertThat(failures).hasSize(2);
    }

    @Test
    void whatIsRefusedIsNeverAnswered() {
        send(ascii("photo"));
        offered.refuse();
        assertThat(send(pixel(1, 0))).isZero();
        assertThat(send(ascii("finish"))).isZero();
        assertThat(pictures).isEmpty();
    }

    /** A receiver from the rules: it answers everything, loses every third datagram, and cuts rows as ours does. */
    @Test
    void ourSenderSpeaksTheForm() {
        int[] rgb = new SplittableRandom(2).ints(6 * 4, 0, 1 << 24).toArray();
        List<byte[]> sent = new ArrayList<>();
        SendEnd[] end = new SendEnd[1];
        PixelSender sender = new PixelSender(
                "p.png",
                new Picture(6, 4, rgb),
                datagram -> {
                    byte[] bytes = new byte[datagram.remaining()];
                    datagram.get(bytes);
                    return sent.add(bytes);
                },
                how -> end[0] = how);
        long now = 0;
        sender.start(now);
        List<byte[]> came = new ArrayList<>();
        for (int i = 0; end[0] == null && i < 1_000; i++) {
            byte[] last = sent.get(sent.size() - 1);
            if (i % 3 == 0) {
                now += sender.waitNanos(now);
                sender.onTimer(now);
            } else {
                came.add(last);
                sender.onDatagram(ByteBuffer.allocate(0), now);
            }
        }
        assertThat(end[0].isStored()).isTrue();
        assertThat(came.get(0)).isEqualTo(ascii("p.png"));
        for (int i = 0; i < rgb.length; i++) {
            assertThat(came.get(1 + i)).isEqualTo(pixel(rgb[i], i % 6));
        }
        assertThat(came.get(1 + rgb.length)).isEqualTo(ascii("finish"));
    }
}
