package p101.p2pci;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import p101.library.FileChangedException;
import p101.library.Geometry;
import p101.library.Manifest;
import p101.library.PieceHashes;
import p101.library.PieceSet;
import p101.library.ServedFile;
import p101.model.Content;
import p101.model.FileName;
import p101.model.Root;

/** A shared file in memory. */
final class TextFile implements ServedFile {
    private final FileName name;
    private final byte[] bytes;
    private final Content content;
    /** Reading from here on fails. */
    long failsFrom = Long.MAX_VALUE;

    boolean partial;
    int open;

    TextFile(String name, byte[] bytes) {
        this.name = FileName.of(name);
        this.bytes = bytes;
        this.content = new Content(new Root(1, 2, 3, 4), bytes.length);
    }

    static TextFile of(String name, String text) {
        return new TextFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public FileName label() {
        return name;
    }

    @Override
    public FileName fullName() {
        return name;
    }

    @Override
    public Content content() {
        return content;
    }

    @Override
    public long modifiedMillis() {
        return 1_000_000_000_000L;
    }

    @Override
    public PieceSet pieces() {
        int count = new Geometry(bytes.length).pieceCount();
        return partial ? PieceSet.empty(count) : PieceSet.complete(count);
    }

    @Override
    public Manifest manifest() {
        return new Manifest(name, PieceHashes.ofSinglePiece(content));
    }

    @Override
    public Reader open() {
        open++;
        return new Reader() {
            private boolean closed;

            @Override
            public int read(ByteBuffer dst, long position) throws IOException {
                if (position >= failsFrom) {
                    throw new FileChangedException("changed");
                }
                int count = (int) Math.min(dst.remaining(), bytes.length - position);
                dst.put(bytes, (int) position, count);
                return count;
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    open--;
                }
            }
        };
    }
}
