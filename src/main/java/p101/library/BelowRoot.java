package p101.library;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * The one place that opens shared files. Each step from the shared folder down refuses links, folder by folder, so that a
 * folder that is swapped for a link at any moment leads nowhere; and the file must be the very one that was looked at.
 */
final class BelowRoot {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private BelowRoot() {}

    /**
     * Opens a file for positional reading.
     *
     * @param root the shared folder, a real path
     * @param below the way down from there: no absolute path, no {@code ..}
     * @throws FileChangedException when it is gone, a link, no ordinary file, or another file than expected
     */
    static FileChannel open(Path root, Path below, FileIdentity expected) throws IOException {
        if (below.isAbsolute() || !below.equals(below.normalize()) || below.startsWith("..")) {
            throw new FileChangedException("the path leaves the shared folder");
        }
        try {
            if (!root.toRealPath().equals(root)) {
                throw new FileChangedException("the shared folder moved");
            }
            return openChecked(root, below, expected);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new FileChangedException("the file was deleted", e);
        }
    }

    private static FileChannel openChecked(Path root, Path below, FileIdentity expected) throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
            if (folder instanceof SecureDirectoryStream<Path> secure) {
                return descend(secure, below, 0, expected);
            }
        }
        return openByPath(root, below, expected);
    }

    private static FileChannel descend(SecureDirectoryStream<Path> folder, Path below, int depth, FileIdentity expected)
            throws IOException {
        Path name = below.getName(depth);
        if (depth < below.getNameCount() - 1) {
            // Not what keeps links out (the next line does), but what tells them from any other failure.
            if (!viewOf(folder, name).readAttributes().isDirectory()) {
                throw new FileChangedException("the path leads through a link");
            }
            try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                return descend(next, below, depth + 1, expected);
            }
        }
        BasicFileAttributeView view = viewOf(folder, name);
        // Looked at before it is opened: opening a pipe would wait for a writer.
        expected.confirm(view.readAttributes());
        return confirmed(folder.newByteChannel(name, READ), view, expected);
    }

    private static BasicFileAttributeView viewOf(SecureDirectoryStream<Path> folder, Path name) {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileChannel confirmed(
            SeekableByteChannel channel, BasicFileAttributeView view, FileIdentity expected) throws IOException {
        try {
            expected.confirm(view.readAttributes());
            return (FileChannel) channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Where folders cannot be held open (Windows): the real path is compared before and after. */
    private static FileChannel openByPath(Path root, Path below, FileIdentity expected) throws IOException {
        Path file = root.resolve(below);
        confirmPlace(file, expected);
        FileChannel channel = FileChannel.open(file, READ);
        try {
            confirmPlace(file, expected);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void confirmPlace(Path file, FileIdentity expected) throws IOException {
        BasicFileAttributes attributes = FileIdentity.attributes(file);
        expected.confirm(attributes);
        if (!file.toRealPath().equals(file.toRealPath(LinkOption.NOFOLLOW_LINKS))) {
            throw new FileChangedException("the path leads through a link");
        }
    }
}
