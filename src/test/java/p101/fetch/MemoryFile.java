package p101.fetch;

import java.nio.ByteBuffer;
import p101.library.Manifest;
import p101.library.PieceSet;
import p101.library.ServedFile;
import p101.model.Content;
import p101.model.FileName;

/** A whole file in memory, for a content server. */
record MemoryFile(TestContent source) implements ServedFile {
    @Override
    public FileName label() {
        return source.name();
    }

    @Override
    public FileName fullName() {
        return source.name();
    }

    @Override
    public Content content() {
        return source.content();
    }

    @Override
    public long modifiedMillis() {
        return 0;
    }

    @Override
    public PieceSet pieces() {
        return PieceSet.complete(source.geometry().pieceCount());
    }

    @Override
    public Manifest manifest() {
        return source.manifest();
    }

    @Override
    public Reader open() {
        return new Reader() {
            @Override
            public int read(ByteBuffer dst, long position) {
                int count = (int) Math.min(dst.remaining(), source.bytes().length - position);
                if (count <= 0) {
                    return -1;
                }
                dst.put(source.bytes(), (int) position, count);
                return count;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
