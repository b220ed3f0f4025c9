package p101.library;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import p101.model.Content;

/**
 * What hashing a file gives.
 *
 * @param content size and root
 * @param pieces the hashes of its pieces
 */
public record HashedFile(Content content, PieceHashes pieces) {
    /**
     * Hashes one file with all cores, links followed: what {@code p101 root} prints.
     *
     * @param hashedBytes told how many bytes are done so far; from any thread
     * @throws FileChangedException when the file changed meanwhile
     * @throws IOException when it cannot be read or is no ordinary file
     */
    public static HashedFile of(Path file, LongConsumer hashedBytes) throws IOException {
        Path real = file.toRealPath();
        BasicFileAttributes attributes = FileIdentity.attributes(real);
        if (!attributes.isRegularFile()) {
            throw new IOException("not an ordinary file");
        }
        FileIdentity identity = FileIdentity.of(attributes);
        Waiter waiter = new Waiter(hashedBytes);
        HashJob job = new HashJob(identity.size(), new WholeFile(real, identity), waiter);
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), job.rangeCount());
        if (threads == 1) {
            HashEngine.runHere(job);
            return waiter.await();
        }
        try (HashEngine engine = new HashEngine(threads)) {
            engine.submit(job);
            return waiter.await();
        }
    }

    private record WholeFile(Path file, FileIdentity identity) implements HashJob.Source {
        @Override
        public FileChannel open() throws IOException {
            return FileChannel.open(file, StandardOpenOption.READ);
        }

        @Override
        public void confirm() throws IOException {
            identity.confirm(file);
        }
    }

    /** Hands the outcome to the thread that waits for it. */
    private static final class Waiter implements HashJob.Outcome {
        private final LongConsumer hashedBytes;
        private final AtomicLong bytes = new AtomicLong();
        private final CountDownLatch done = new CountDownLatch(1);
        private HashedFile hashed;
        private IOException failure;

        Waiter(LongConsumer hashedBytes) {
            this.hashedBytes = hashedBytes;
        }

        HashedFile await() throws IOException {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("hashing was interrupted");
            }
            if (failure != null) {
                throw failure;
            }
            return hashed;
        }

        @Override
        public void onHashed(HashedFile result) {
            hashed = result;
            done.countDown();
        }

        @Override
        public void onFailed(IOException why) {
            failure = why;
            done.countDown();
        }

        @Override
        public void onBytes(long count) {
            hashedBytes.accept(bytes.addAndGet(count));
        }
    }
}
