package p101.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import p101.model.Shown;

/**
 * One peer for each home, one index, and one who receives: a lock that the operating system drops when the process ends, however it ends. The file
 * holds the process id, for the message that the next one gets.
 */
public final class HomeLock implements AutoCloseable {
    /** Far behind the process id: where locks keep others from reading, they keep them from this byte alone. */
    private static final long LOCKED_POSITION = 1L << 40;

    private static final int MAX_PID_DIGITS = 20;

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws PeerException when another process has it
     * @throws IOException when the file cannot be made or written
     */
    static HomeLock take(Path file) throws PeerException, IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new PeerException(
                        PeerException.Problem.HOME_IN_USE,
                        "the home " + Shown.text(String.valueOf(file.getParent())) + " is in use by process "
                                + holder(file) + ": use another --home");
            }
            byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            taken = true;
            return new HomeLock(channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /**
     * Locks the home for an index. A peer may run there beside it: both are there without {@code --home} on many a machine.
     *
     * @throws PeerException when another index has it
     * @throws IOException when the folder or the file cannot be made or written
     */
    public static HomeLock ofIndex(HomeFolders folders) throws PeerException, IOException {
        Files.createDirectories(folders.state());
        return take(folders.state().resolve("index.lock"));
    }

    /**
     * Locks the home for one who receives. A peer or an index may run there beside it; a second receiver would have the same key at the
     * index, and its end would take back the row of the first.
     *
     * @throws PeerException when another receiver has it
     * @throws IOException when the folder or the file cannot be made or written
     */
    public static HomeLock ofReceiver(HomeFolders folders) throws PeerException, IOException {
        Files.createDirectories(folders.state());
        return take(folders.state().resolve("receive.lock"));
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_POSITION, 1, false);
        } catch (OverlappingFileLockException thisProcessHasIt) {
            return null;
        }
    }

    private static String holder(Path file) {
        try {
            String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
            boolean plausible = !pid.isEmpty()
                    && pid.length() <= MAX_PID_DIGITS
                    && pid.chars().allMatch(Character::isDigit);
            return plausible ? pid : "(unknown)";
        } catch (IOException unreadable) {
            return "(unknown)";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingToDo) {
            // The operating system drops the lock with the process at the latest.
        }
    }
}
