package p101.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import p101.library.Catalog;
import p101.library.FileChangedException;
import p101.library.Geometry;
import p101.library.Manifest;
import p101.library.PieceSet;
import p101.library.ServedFile;
import p101.model.Content;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.Root;

/** One file on the disk as a catalog, without hashing it: its root is made up. For the content server's benchmarks. */
final class FileCatalog implements Catalog {
    static final FileName NAME = FileName.of("bench.bin");

    private final ServedFile file;

    FileCatalog(Path path) throws IOException {
        this.file = new PlainFile(path, Files.readAttributes(path, BasicFileAttributes.class));
    }

    @Override
    public Optional<ServedFile> byRoot(Root root) {
        return Optional.of(file);
    }

    @Override
    public Optional<ServedFile> byHint(ContentId id) {
        return Optional.of(file);
    }

    @Override
    public Optional<ServedFile> byLabel(FileName label) {
        return Optional.of(file);
    }

    /** Looks before each read whether the file is still the same, as the library does. */
    private static final class PlainFile implements ServedFile {
        private final Path path;
        private final BasicFileAttributes attributes;

        PlainFile(Path path, BasicFileAttributes attributes) {
            this.path = path;
            this.attributes = attributes;
        }

        @Override
        public FileName label() {
            return NAME;
        }

        @Override
        public FileName fullName() {
            return NAME;
        }

        @Override
        public Content content() {
            return new Content(new Root(1, 2, 3, 4), attributes.size());
        }

        @Override
        public long modifiedMillis() {
            return attributes.lastModifiedTime().toMillis();
        }

        @Override
        public PieceSet pieces() {
            return PieceSet.complete(new Geometry(attributes.size()).pieceCount());
        }

        @Override
        public Manifest manifest() {
            throw new UnsupportedOperationException("the benchmarks fetch content alone");
        }

        @Override
        public Reader open() throws IOException {
            FileChannel channel = FileChannel.open(path);
            return new Reader() {
                @Override
                public int read(ByteBuffer dst, long position) throws IOException {
                    int count = channel.read(dst, position);
                    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                    if (!now.lastModifiedTime().equals(attributes.lastModifiedTime())
                            || now.size() != attributes.size()) {
                        throw new FileChangedException("changed");
                    }
                    return count;
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }
    }
}
