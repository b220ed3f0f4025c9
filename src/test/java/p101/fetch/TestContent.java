package p101.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import p101.library.Geometry;
import p101.library.HashedFile;
import p101.library.Manifest;
import p101.model.Content;
import p101.model.FileName;

/** Random bytes with their root and manifest. */
record TestContent(byte[] bytes, FileName name, Content content, Manifest manifest) {
    static TestContent random(String name, int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return of(name, bytes);
    }

    static TestContent of(String name, byte[] bytes) {
        try {
            Path file = Files.createTempFile("p101-content", null);
            try {
                Files.write(file, bytes);
                HashedFile hashed = HashedFile.of(file, count -> {});
                FileName fileName = FileName.of(name);
                return new TestContent(bytes, fileName, hashed.content(), new Manifest(fileName, hashed.pieces()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Geometry geometry() {
        return new Geometry(bytes.length);
    }
}
