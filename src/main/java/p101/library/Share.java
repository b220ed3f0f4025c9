package p101.library;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.Set;
import p101.model.Content;
import p101.model.FileName;
import p101.model.InvalidNameException;

/**
 * A folder that is shared with all below it, or a single file in its folder.
 *
 * @param root a real path: the folder, or that of the single file
 * @param single the name of the single file; {@code null} when the folder is shared
 */
record Share(Path root, Path single) {
    /** Deeper folders are left out: nobody has them on purpose. */
    private static final int MAX_DEPTH = 100;

    private static final char REPLACEMENT_CHARACTER = '\uFFFD';

    /** What a walk finds. */
    interface Visitor {
        void onFile(Path file, BasicFileAttributes attributes);

        /** The reason is part of a sentence. */
        void onSkipped(Path path, String reason);

        /** A file or folder that could not be looked at, which says nothing about it and what is below. */
        void onUnread(Path path, IOException why);
    }

    static Share of(Path real, BasicFileAttributes attributes) {
        return attributes.isDirectory() ? new Share(real, null) : new Share(real.getParent(), real.getFileName());
    }

    /** The path that was shared. */
    Path path() {
        return single == null ? root : root.resolve(single);
    }

    boolean covers(Path file) {
        return single == null ? file.startsWith(root) && !file.equals(root) : file.equals(path());
    }

    /** What tells files of the same name apart: the path from the shared folder's own name on, with {@code /}, in NFC. */
    String pathText(Path file) {
        StringBuilder text = new StringBuilder();
        text.append(root.getFileName() == null ? "" : root.getFileName());
        for (Path name : root.relativize(file)) {
            text.append('/').append(name);
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /**
     * The name of a local file as others see it.
     *
     * @throws InvalidNameException when the rules refuse it
     */
    static FileName nameOf(Path file) {
        String name = file.getFileName().toString();
        if (name.indexOf(REPLACEMENT_CHARACTER) >= 0) {
            throw new InvalidNameException(
                    "the name is not text in this system's character set (is the locale UTF-8?)");
        }
        return FileName.of(Normalizer.normalize(name, Normalizer.Form.NFC));
    }

    /** Looks at every file; links are not followed, hidden files and folders are passed over in silence. */
    void walk(Visitor visitor) {
        try {
            if (!root.toRealPath().equals(root)) {
                visitor.onSkipped(root, "has become a link");
            } else if (single != null) {
                look(path(), visitor);
            } else {
                Files.walkFileTree(root, Set.<FileVisitOption>of(), MAX_DEPTH, new Walk(visitor));
            }
        } catch (IOException e) {
            failed(path(), e, "cannot be read", visitor);
        }
    }

    /** Only what is gone or forbidden is known to be so; without a free descriptor, say, nothing is known. */
    private static void failed(Path path, IOException why, String reason, Visitor visitor) {
        if (saysSomething(why)) {
            visitor.onSkipped(path, reason);
        } else {
            visitor.onUnread(path, why);
        }
    }

    /** Told by type: the text of a system's error is in the user's language. */
    static boolean saysSomething(IOException why) {
        return why instanceof NoSuchFileException
                || why instanceof NotDirectoryException
                || why instanceof AccessDeniedException
                || why instanceof FileSystemLoopException;
    }

    private static void look(Path file, Visitor visitor) throws IOException {
        BasicFileAttributes attributes = FinalName.lookAt(file);
        if (attributes != null) {
            judge(file, attributes, visitor);
        }
    }

    private static void judge(Path file, BasicFileAttributes attributes, Visitor visitor) {
        if (attributes.isSymbolicLink()) {
            visitor.onSkipped(file, "is a link");
        } else if (attributes.isDirectory()) {
            visitor.onSkipped(file, "lies too deep");
        } else if (!attributes.isRegularFile()) {
            visitor.onSkipped(file, "is no ordinary file");
        } else if (attributes.size() > Content.MAX_SIZE) {
            visitor.onSkipped(file, "is too large");
        } else {
            visitor.onFile(file, attributes);
        }
    }

    static boolean isHidden(Path path) {
        Path name = path.getFileName();
        try {
            return name != null && name.toString().startsWith(".") || Files.isHidden(path);
        } catch (IOException e) {
            return false;
        }
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final Visitor visitor;

        Walk(Visitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden = !folder.equals(root) && isHidden(folder);
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file)) {
                judge(file, attributes, visitor);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) {
            if (!isHidden(file)) {
                failed(file, why, "cannot be read", visitor);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException why) {
            if (why != null) {
                failed(folder, why, "cannot be read to its end", visitor);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
