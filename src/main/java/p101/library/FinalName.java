package p101.library;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import p101.model.FileName;
import p101.model.Labels;

/** Gives a finished download its name, in one step, without ever replacing what may not be replaced. */
final class FinalName {
    private static final int MAX_NUMBER = 9_999;

    private FinalName() {}

    /** The attributes of what stands at a path, a link not followed; {@code null} when nothing does. */
    static BasicFileAttributes lookAt(Path path) throws IOException {
        try {
            return FileIdentity.attributes(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Moves a file to its name.
     *
     * @return the name it got
     * @throws FileAlreadyExistsException when the name is taken and the policy does not allow more
     */
    static Path take(Path file, Path target, ExistingFilePolicy policy) throws IOException {
        Path taken = target;
        switch (policy) {
            case KEEP, SKIP_IDENTICAL -> moveWithoutReplacing(file, target);
            case OVERWRITE -> replace(file, target);
            case RENAME -> taken = moveToFreeName(file, target);
        }
        forceFolder(target.getParent());
        return taken;
    }

    private static void replace(Path file, Path target) throws IOException {
        BasicFileAttributes existing = lookAt(target);
        if (existing == null) {
            moveWithoutReplacing(file, target);
            return;
        }
        if (!existing.isRegularFile()) {
            throw notReplaceable(target);
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static FileSystemException notReplaceable(Path target) {
        return new FileAlreadyExistsException(
                target.toString(), null, "not an ordinary file, so it is not replaced; choose another name");
    }

    /**
     * A new link to the file is the only way to take a name on the condition that it is free, in one step; a plain move
     * would replace what another program put there a moment ago.
     */
    private static void moveWithoutReplacing(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "exists already; choose another name, or have it overwritten or renamed");
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No hard links on this file system (FAT, some network drives): the check and the move are two steps there.
            Files.move(file, target);
            return;
        }
        deleteOldName(file);
    }

    /** The file has its name by now; an old one that cannot be taken away is dealt with when a download wants to use it. */
    private static void deleteOldName(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            // Failing here would make the caller believe that the move did not happen.
        }
    }

    private static Path moveToFreeName(Path file, Path target) throws IOException {
        Path candidate = target;
        for (int number = 2; number <= MAX_NUMBER; number++) {
            try {
                moveWithoutReplacing(file, candidate);
                return candidate;
            } catch (FileAlreadyExistsException e) {
                candidate = target.resolveSibling(numbered(target.getFileName().toString(), number));
            }
        }
        throw new FileAlreadyExistsException(target.toString(), null, "no free name was found beside it");
    }

    /** {@code report.pdf} becomes {@code report (2).pdf}; a name that grows too long loses the end of its stem. */
    static String numbered(String name, int number) {
        String extension = Labels.extensionOf(name);
        String tail = " (" + number + ")" + extension;
        String stem = name.substring(0, name.length() - extension.length());
        return Labels.cut(stem, FileName.MAX_BYTES - Labels.utf8Length(tail)) + tail;
    }

    /** Makes the new name survive a power cut, where the platform lets a folder be forced. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows does not open folders; the file itself was forced, and the move is journaled by the file system.
        }
    }

    /** Whether a second name leads to the same file: then it must not be written through this one. */
    static boolean hasOtherNames(Path file) {
        try {
            Object links = Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
            return links instanceof Integer count && count > 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
