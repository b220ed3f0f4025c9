package p101.lobby;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that lines are appended to. Before it would pass its size it gets another name, and the oldest of these goes: never
 * more than {@link #FILES} files of {@link #MAX_BYTES} bytes. One thread.
 */
final class RotatingFile {
    /** Most bytes of one file. */
    static final int MAX_BYTES = 1 << 20;

    /** Files, the newest included. */
    static final int FILES = 8;

    private final Path path;
    private final long maxBytes;
    private FileChannel channel;
    private long size;

    RotatingFile(Path path) {
        this(path, MAX_BYTES);
    }

    RotatingFile(Path path, long maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
    }

    Path path() {
        return path;
    }

    /**
     * Appends lines.
     *
     * @param lines each with its end
     * @return what the system says against it; {@code null} when all were written
     */
    String append(String lines) {
        try {
            int from = 0;
            while (from < lines.length()) {
                int end = lines.indexOf('\n', from) + 1;
                end = end == 0 ? lines.length() : end;
                byte[] line = lines.substring(from, end).getBytes(StandardCharsets.UTF_8);
                write(line);
                from = end;
            }
            return null;
        } catch (IOException refused) {
            close();
            return refused instanceof FileSystemException named && named.getReason() != null
                    ? named.getReason()
                    : String.valueOf(refused.getMessage());
        }
    }

    private void write(byte[] line) throws IOException {
        if (channel == null) {
            open();
        }
        if (size > 0 && size + line.length > maxBytes) {
            rotate();
        }
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            size += channel.write(bytes);
        }
    }

    private void open() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        channel = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), forTheOwnerAlone());
        size = channel.size();
    }

    /** What people say to each other is not for everybody on the machine. */
    private FileAttribute<?>[] forTheOwnerAlone() {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private void rotate() throws IOException {
        close();
        for (int number = FILES - 1; number > 0; number--) {
            Path from = number == 1 ? path : numbered(number - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException gone) {
                // What was written is written.
            }
            channel = null;
        }
    }
}
