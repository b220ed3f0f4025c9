package p101.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import p101.library.FileChangedException;
import p101.library.PieceSet;
import p101.library.ServedFile;

/** The three kinds of payload. Loop thread. */
final class Payloads {
    /** Encoded manifests kept for those who fetch them in parts: 1 MiB each at most. */
    private static final int MANIFESTS_KEPT = 4;

    private final OpenFiles files;
    private final Map<ServedFile, ByteBuffer> manifests = new LinkedHashMap<>(16, 0.75f, true);

    Payloads(OpenFiles files) {
        this.files = files;
    }

    /** The bytes of the file. */
    Payload content(ServedFile file) {
        return new Payload() {
            @Override
            public long size() throws IOException {
                files.open(file);
                return file.content().size();
            }

            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                files.readFully(file, into, position);
            }
        };
    }

    /** Its full name and piece hashes. */
    Payload manifest(ServedFile file) {
        return new Payload() {
            @Override
            public long size() throws IOException {
                return encoded(file).limit();
            }

            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                copy(encoded(file), into, position);
            }
        };
    }

    /** The pieces that are held. */
    Payload have(ServedFile file) {
        return new Payload() {
            @Override
            public long size() {
                return PieceSet.haveLength(file.pieces().pieceCount());
            }

            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                copy(ByteBuffer.wrap(file.pieces().toHaveBytes()), into, position);
            }
        };
    }

    private ByteBuffer encoded(ServedFile file) throws IOException {
        ByteBuffer encoded = manifests.get(file);
        if (encoded == null) {
            encoded = file.manifest().encode();
            manifests.put(file, encoded);
            if (manifests.size() > MANIFESTS_KEPT) {
                manifests.remove(manifests.keySet().iterator().next());
            }
        }
        return encoded;
    }

    private static void copy(ByteBuffer from, ByteBuffer into, long position) throws FileChangedException {
        int count = into.remaining();
        if (position + count > from.limit()) {
            throw new FileChangedException("it became shorter");
        }
        into.put(into.position(), from, (int) position, count);
        into.position(into.position() + count);
    }
}
