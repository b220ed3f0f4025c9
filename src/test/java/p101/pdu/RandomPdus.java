package p101.pdu;

import java.net.InetAddress;
import java.net.UnknownHostException;
import p101.model.Content;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.model.Root;

/** Legal PDUs from a seed; numbers lean to the ends of their ranges. */
final class RandomPdus {
    private static final String[] PEERS = {"a", "alice", "16-bytes-exactly", "مريم", "مه‌سا", "李雷", "Zoë"};
    private static final String[] FILES = {
        "",
        "song",
        "file1.txt",
        "کتاب‌ها.pdf",
        "第三章 课件.pptx",
        "fifty-bytes-of-ascii-fill-all-of-the-field-000.txt",
        "𝄞.mid"
    };
    private static final String[] TEXTS = {"", "ok", "pick another user name", "نام دیگری برگزین", "x".repeat(69)};
    private static final byte[][] ADDRESSES = {
        {127, 0, 0, 1},
        {(byte) 192, 0, 2, (byte) 255},
        {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1},
        new byte[16]
    };

    private final Randomness random;

    RandomPdus(long seed) {
        random = Randomness.seeded(seed);
    }

    Pdu next(PduType type) {
        return switch (type) {
            case REGISTER ->
                new Pdu.Register(u32(), u32(), notZero(), bits(7), port(), u48(), contentId(), peer(), file());
            case DEREGISTER ->
                new Pdu.Deregister(u32(), u32(), notZero(), bits(7), port(), u48(), contentId(), peer(), file());
            case SEARCH -> new Pdu.Search(u32(), u32(), flag(), u48(), contentId(), peerOrNone(), file());
            case LIST -> new Pdu.ListRequest(u32(), u32(), bits(255), u48(), pick(FILES));
            case FOUND ->
                new Pdu.Found(u32(), u32(), u48() | 1, bits(7), port(), u48(), contentId(), peerOrNone(), address());
            case ENTRY ->
                new Pdu.Entry(
                        u32(),
                        u32(),
                        bits(255),
                        u48() | 1,
                        bits(7),
                        bits(7),
                        bits(0xFFFF),
                        u48(),
                        contentId(),
                        peerOrNone(),
                        file());
            case ACCEPTED -> new Pdu.Accepted(u32(), u32(), notZero(), bits(0xFFFF), u32(), u32(), u32(), pick(TEXTS));
            case REFUSED -> new Pdu.Refused(u32(), u32(), u48(), code(), u32(), bits(0xFFFF), pick(TEXTS));
            case DOWNLOAD -> new Pdu.Download(kind(), u48() / 2, u48() / 2, rootOrNone(), new FileName("f"));
            case RANGE -> range();
            case CONTENT -> block();
            case FAILED -> new Pdu.Failed(code(), bits(0xFFFF), pick(TEXTS));
        };
    }

    private Pdu range() {
        RangeKind kind = kind();
        long end = Math.min(u48(), kind.maxBytes());
        long offset = end / (1 + random.below(3));
        long size = kind == RangeKind.CONTENT ? end : u48();
        return new Pdu.Range(kind, flag(), offset, end - offset, root(), size, u48());
    }

    private Pdu block() {
        byte[] bytes = new byte[PduLayout.PAYLOAD_BYTES];
        random.fill(bytes);
        return new Pdu.Block(bytes);
    }

    private int u32() {
        return switch (random.below(4)) {
            case 0 -> 0;
            case 1 -> -1;
            default -> random.nextInt();
        };
    }

    private long u48() {
        return switch (random.below(4)) {
            case 0 -> 0;
            case 1 -> Content.MAX_SIZE;
            default -> random.nextLong() >>> (16 + random.below(48));
        };
    }

    private long notZero() {
        return random.nextLong() | 1L << random.below(64);
    }

    private int port() {
        return switch (random.below(3)) {
            case 0 -> 1;
            case 1 -> 65_535;
            default -> 1 + random.below(65_535);
        };
    }

    private int bits(int mask) {
        return random.nextInt() & mask;
    }

    private boolean flag() {
        return random.below(2) == 1;
    }

    private ErrorCode code() {
        return ErrorCode.values()[random.below(ErrorCode.values().length)];
    }

    private RangeKind kind() {
        return RangeKind.values()[random.below(3)];
    }

    private ContentId contentId() {
        return new ContentId(flag() ? 0 : random.nextLong());
    }

    private Root root() {
        return new Root(notZero(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private Root rootOrNone() {
        return flag() ? Root.NONE : root();
    }

    private PeerName peer() {
        return new PeerName(pick(PEERS));
    }

    private PeerName peerOrNone() {
        return flag() ? PeerName.NONE : peer();
    }

    private FileName file() {
        return new FileName(pick(FILES));
    }

    private InetAddress address() {
        try {
            return InetAddress.getByAddress(ADDRESSES[random.below(ADDRESSES.length)]);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private String pick(String[] choices) {
        return choices[random.below(choices.length)];
    }
}
