package p101.direct;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import p101.model.Content;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.PeerName;
import p101.model.Root;

/**
 * Datagrams as bytes: the only class that knows an offset. Reading gives a value or null, never an exception: what is not a
 * datagram of ours is dropped, whatever is wrong with it. spec/DIRECT.md, section 3. One thread.
 */
final class DirectCodec {
    static final int HEAD_BYTES = 16;
    static final int DATA_HEAD_BYTES = 24;
    static final int MAX_BITMAP_BYTES = DirectLimits.HORIZON_CHUNKS / Byte.SIZE;
    static final int MAX_DATAGRAM_BYTES = DATA_HEAD_BYTES + DirectLimits.MAX_CHUNK_BYTES;

    /** 0xFE is no byte of UTF-8, so no name that a published program sends first; a pixel has zeros from byte 3 on. */
    private static final byte MAGIC_0 = (byte) 0xFE;

    private static final byte MAGIC_1 = 'p';
    private static final byte VERSION = 1;

    private static final int TYPE = 3;
    private static final int CHECKSUM = 4;
    private static final int ID = 8;

    private static final int OFFER_TOKEN = 16;
    private static final int OFFER_CHUNK = 24;
    private static final int OFFER_SIZE = 28;
    private static final int OFFER_MANIFEST = 34;
    private static final int OFFER_MODIFIED = 38;
    private static final int OFFER_ROOT = 44;
    private static final int OFFER_SENDER = 76;
    private static final int OFFER_NAME_LENGTH = 92;
    private static final int OFFER_NAME = 94;

    private static final int CHALLENGE_BYTES = 24;
    private static final int ACCEPT_BYTES = 36;
    private static final int REFUSE_BYTES = 17;
    private static final int ACK_HEAD_BYTES = 32;
    private static final int STORED_BYTES = 17;
    private static final int ABORT_BYTES = 25;

    private final CRC32C crc = new CRC32C();

    /** Whether the bytes from position to limit begin like one of these datagrams; a published program's never do. */
    static boolean isOurs(ByteBuffer bytes) {
        int at = bytes.position();
        return bytes.remaining() >= HEAD_BYTES
                && bytes.get(at) == MAGIC_0
                && bytes.get(at + 1) == MAGIC_1
                && bytes.get(at + TYPE) != 0;
    }

    // ---- reading ----

    /** The datagram from position to limit; null when it is none. The buffer's position stays. */
    DirectDatagram read(ByteBuffer bytes) {
        if (!isOurs(bytes)
                || bytes.get(bytes.position() + 2) != VERSION
                || bytes.remaining() > MAX_DATAGRAM_BYTES
                || checksum(bytes) != bytes.getInt(bytes.position() + CHECKSUM)) {
            return null;
        }
        ByteBuffer in = bytes.slice();
        DirectType type = DirectType.ofCode(in.get(TYPE));
        if (type == null) {
            return null;
        }
        long id = in.getLong(ID);
        int length = in.limit();
        return switch (type) {
            case OFFER -> offer(in, id);
            case CHALLENGE -> length == CHALLENGE_BYTES ? new DirectDatagram.Challenge(id, in.getLong(16)) : null;
            case WAIT -> length == HEAD_BYTES ? new DirectDatagram.Wait(id) : null;
            case ACCEPT -> accept(in, id);
            case REFUSE -> refuse(in, id);
            case DATA -> data(in, id);
            case ACK -> ack(in, id);
            case STORED -> stored(in, id);
            case FAREWELL -> length == HEAD_BYTES ? new DirectDatagram.Farewell(id) : null;
            case CLOSED -> length == HEAD_BYTES ? new DirectDatagram.Closed(id) : null;
            case ABORT -> abort(in, id);
        };
    }

    private int checksum(ByteBuffer bytes) {
        int start = bytes.position();
        crc.reset();
        crc.update(bytes.slice(start, CHECKSUM));
        crc.update(0);
        crc.update(0);
        crc.update(0);
        crc.update(0);
        crc.update(bytes.slice(start + ID, bytes.remaining() - ID));
        return (int) crc.getValue();
    }

    private static DirectDatagram offer(ByteBuffer in, long id) {
        int length = in.limit();
        if (length <= OFFER_NAME) {
            return null;
        }
        int nameLength = Short.toUnsignedInt(in.getShort(OFFER_NAME_LENGTH));
        int chunkBytes = in.getInt(OFFER_CHUNK);
        int manifestLength = in.getInt(OFFER_MANIFEST);
        long size = unsigned48(in, OFFER_SIZE);
        if (id == 0
                || length != OFFER_NAME + nameLength
                || nameLength > FileName.MAX_BYTES
                || !isChunk(chunkBytes)
                || manifestLength < 1
                || manifestLength > DirectLimits.MAX_MANIFEST_BYTES
                || !ChunkPlan.isCountable(manifestLength, size, chunkBytes)) {
            return null;
        }
        Root root = Root.read(in, OFFER_ROOT);
        if (root.isNone()) {
            return null;
        }
        try {
            PeerName sender = new PeerName(padded(in, OFFER_SENDER, PeerName.MAX_BYTES));
            FileName name = FileName.of(text(in, OFFER_NAME, nameLength));
            Content content = new Content(root, size);
            FileOffer file = new FileOffer(sender, name, content, manifestLength, unsigned48(in, OFFER_MODIFIED));
            return new DirectDatagram.Offer(id, in.getLong(OFFER_TOKEN), chunkBytes, file);
        } catch (InvalidNameException | CharacterCodingException refused) {
            return null;
        }
    }

    private static boolean isChunk(int bytes) {
        return bytes >= DirectLimits.MIN_CHUNK_BYTES && bytes <= DirectLimits.MAX_CHUNK_BYTES;
    }

    private static DirectDatagram accept(ByteBuffer in, long id) {
        if (in.limit() != ACCEPT_BYTES) {
            return null;
        }
        int chunkBytes = in.getInt(24);
        int flightBytes = in.getInt(28);
        int limit = in.getInt(32);
        long receiverId = in.getLong(16);
        boolean sound = receiverId != 0 && isChunk(chunkBytes) && flightBytes >= chunkBytes && limit >= 0;
        return sound ? new DirectDatagram.Accept(id, receiverId, chunkBytes, flightBytes, limit) : null;
    }

    private static DirectDatagram refuse(ByteBuffer in, long id) {
        DirectReason reason = in.limit() == REFUSE_BYTES ? DirectReason.ofCode(in.get(16) & 0xFF) : null;
        return reason == null ? null : new DirectDatagram.Refuse(id, reason);
    }

    private static DirectDatagram data(ByteBuffer in, long id) {
        if (in.limit() <= DATA_HEAD_BYTES) {
            return null;
        }
        long number = Integer.toUnsignedLong(in.getInt(16));
        int chunk = in.getInt(20);
        return number == 0 || chunk < 0
                ? null
                : new DirectDatagram.Data(id, number, chunk, in.slice(DATA_HEAD_BYTES, in.limit() - DATA_HEAD_BYTES));
    }

    private static DirectDatagram ack(ByteBuffer in, long id) {
        int bitmapBytes = in.limit() - ACK_HEAD_BYTES;
        if (bitmapBytes < 0 || bitmapBytes > MAX_BITMAP_BYTES || bitmapBytes > 0 && in.get(in.limit() - 1) == 0) {
            return null;
        }
        int cumulative = in.getInt(24);
        int limit = in.getInt(28);
        if (cumulative < 0 || limit < 0) {
            return null;
        }
        return new DirectDatagram.Ack(
                id,
                Integer.toUnsignedLong(in.getInt(16)),
                Integer.toUnsignedLong(in.getInt(20)),
                cumulative,
                limit,
                in.slice(ACK_HEAD_BYTES, bitmapBytes));
    }

    private static DirectDatagram stored(ByteBuffer in, long id) {
        return in.limit() == STORED_BYTES && (in.get(16) & 0xFE) == 0
                ? new DirectDatagram.Stored(id, in.get(16) == 1)
                : null;
    }

    private static DirectDatagram abort(ByteBuffer in, long id) {
        DirectReason reason = in.limit() == ABORT_BYTES ? DirectReason.ofCode(in.get(24) & 0xFF) : null;
        return reason == null ? null : new DirectDatagram.Abort(id, in.getLong(16), reason);
    }

    private static long unsigned48(ByteBuffer in, int offset) {
        return Short.toUnsignedLong(in.getShort(offset)) << 32 | Integer.toUnsignedLong(in.getInt(offset + 2));
    }

    /** Text that zeros fill up; nothing but zeros may follow the first one. */
    private static String padded(ByteBuffer in, int offset, int most) throws CharacterCodingException {
        int length = 0;
        while (length < most && in.get(offset + length) != 0) {
            length++;
        }
        for (int i = length; i < most; i++) {
            if (in.get(offset + i) != 0) {
                throw new CharacterCodingException();
            }
        }
        return text(in, offset, length);
    }

    private static String text(ByteBuffer in, int offset, int length) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(in.slice(offset, length))
                .toString();
    }

    // ---- writing ----

    /** Writes a datagram from position 0 on and makes the buffer ready to be sent. */
    ByteBuffer write(DirectDatagram datagram, ByteBuffer out) {
        out.clear();
        if (datagram instanceof DirectDatagram.Offer offer) {
            writeOffer(offer, begin(out, DirectType.OFFER, offer.id()));
        } else if (datagram instanceof DirectDatagram.Challenge challenge) {
            begin(out, DirectType.CHALLENGE, challenge.id()).putLong(challenge.token());
        } else if (datagram instanceof DirectDatagram.Wait wait) {
            begin(out, DirectType.WAIT, wait.id());
        } else if (datagram instanceof DirectDatagram.Accept accept) {
            begin(out, DirectType.ACCEPT, accept.id())
                    .putLong(accept.receiverId())
                    .putInt(accept.chunkBytes())
                    .putInt(accept.flightBytes())
                    .putInt(accept.limit());
        } else if (datagram instanceof DirectDatagram.Refuse refuse) {
            begin(out, DirectType.REFUSE, refuse.id())
                    .put((byte) refuse.reason().code());
        } else if (datagram instanceof DirectDatagram.Data data) {
            beginData(out, data.id(), data.number(), data.chunk())
                    .put(data.content().duplicate());
        } else if (datagram instanceof DirectDatagram.Ack ack) {
            begin(out, DirectType.ACK, ack.id())
                    .putInt((int) ack.newest())
                    .putInt((int) ack.delayMicros())
                    .putInt(ack.cumulative())
                    .putInt(ack.limit())
                    .put(ack.bitmap().duplicate());
        } else if (datagram instanceof DirectDatagram.Stored stored) {
            begin(out, DirectType.STORED, stored.id()).put((byte) (stored.wasHere() ? 1 : 0));
        } else if (datagram instanceof DirectDatagram.Farewell farewell) {
            begin(out, DirectType.FAREWELL, farewell.id());
        } else if (datagram instanceof DirectDatagram.Closed closed) {
            begin(out, DirectType.CLOSED, closed.id());
        } else if (datagram instanceof DirectDatagram.Abort abort) {
            begin(out, DirectType.ABORT, abort.id()).putLong(abort.cause()).put((byte)
                    abort.reason().code());
        }
        return seal(out);
    }

    private static ByteBuffer begin(ByteBuffer out, DirectType type, long id) {
        return out.put(MAGIC_0)
                .put(MAGIC_1)
                .put(VERSION)
                .put(type.code())
                .putInt(0)
                .putLong(id);
    }

    /** The head of a {@code DATA}; the content is to follow, and {@link #seal}. */
    static ByteBuffer beginData(ByteBuffer out, long id, long number, int chunk) {
        return begin(out, DirectType.DATA, id).putInt((int) number).putInt(chunk);
    }

    /** Puts the checksum over what was written from position 0 on, and flips. */
    ByteBuffer seal(ByteBuffer out) {
        out.flip();
        out.putInt(CHECKSUM, checksum(out));
        return out;
    }

    private static void writeOffer(DirectDatagram.Offer offer, ByteBuffer out) {
        FileOffer file = offer.file();
        out.putLong(offer.token()).putInt(offer.chunkBytes());
        put48(out, file.content().size());
        out.putInt(file.manifestLength());
        put48(out, file.modifiedMillis());
        out.put(file.content().root().toBytes());
        byte[] sender = file.sender().value().getBytes(StandardCharsets.UTF_8);
        out.put(sender).put(new byte[PeerName.MAX_BYTES - sender.length]);
        byte[] name = file.name().value().getBytes(StandardCharsets.UTF_8);
        out.putShort((short) name.length).put(name);
    }

    private static void put48(ByteBuffer out, long number) {
        out.putShort((short) (number >>> 32)).putInt((int) number);
    }
}
