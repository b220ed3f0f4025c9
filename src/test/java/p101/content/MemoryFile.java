package p101.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import p101.library.FileChangedException;
import p101.library.Geometry;
import p101.library.Manifest;
import p101.library.PieceHashes;
import p101.library.PieceSet;
import p101.library.ServedFile;
import p101.model.Content;
import p101.model.FileName;
import p101.model.Root;

/** A file of the catalog that lives in memory and fails when told. Its root is made up: the server does not compute it. */
class MemoryFile implements ServedFile {
    private final FileName label;
    private final byte[] bytes;
    private final Content content;
    private final PieceSet pieces;
    /** Reading a byte from here on fails. */
    long failsFrom = Long.MAX_VALUE;

    /** How often it fails before it is well again. */
    int failures = Integer.MAX_VALUE;

    IOException failure = new FileChangedException("changed");
    int opened;
    int closed;
    long readBytes;

    MemoryFile(String label, byte[] bytes, boolean complete) {
        this.label = FileName.of(label);
        this.bytes = bytes;
        long mark = label.hashCode() & 0xFFFF_FFFFL;
        this.content = new Content(new Root(mark + 1, 2, 3, bytes.length + 4L), bytes.length);
        int count = new Geometry(bytes.length).pieceCount();
        this.pieces = complete ? PieceSet.complete(count) : PieceSet.empty(count);
    }

    static MemoryFile complete(String label, int size) {
        return new MemoryFile(label, pattern(size), true);
    }

    static MemoryFile partial(String label, int size, int... held) {
        MemoryFile file = new MemoryFile(label, pattern(size), false);
        for (int piece : held) {
            file.pieces.add(piece);
        }
        return file;
    }

    /** Bytes of which no hundred equals another nearby. */
    static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + i / 97 + i / 9_973 + 1);
        }
        return bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public FileName label() {
        return label;
    }

    @Override
    public FileName fullName() {
        return label;
    }

    @Override
    public Content content() {
        return content;
    }

    @Override
    public long modifiedMillis() {
        return 1_700_000_000_000L;
    }

    @Override
    public PieceSet pieces() {
        return pieces;
    }

    @Override
    public Manifest manifest() {
        int count = pieces.pieceCount();
        return new Manifest(
                label, count > 1 ? PieceHashes.of(pattern(count * Root.BYTES)) : PieceHashes.ofSinglePiece(content));
    }

    @Override
    public Reader open() throws IOException {
        if (failsFrom == 0) {
            throw failure;
        }
        opened++;
        return new MemoryReader();
    }

    private final class MemoryReader implements Reader {
        @Override
        public int read(ByteBuffer dst, long position) throws IOException {
            int count = (int) Math.min(dst.remaining(), bytes.length - position);
            if (count <= 0) {
                return -1;
            }
            if (position + count > failsFrom && failures-- > 0) {
                throw failure;
            }
            dst.put(bytes, (int) position, count);
            readBytes += count;
            return count;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
