package p101.peer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.PeerName;

/** What a person sees as the local files: those of the peer's folder, and what is registered from elsewhere. */
final class LocalFiles {
    private LocalFiles() {}

    static List<LocalFile> list(Path folder, Collection<Advert> registered) {
        TreeMap<FileName, LocalFile> files = new TreeMap<>();
        readFolder(folder, files);
        for (Advert advert : registered) {
            files.put(advert.file(), new LocalFile(advert.file(), advert.size(), advert.peer()));
        }
        return List.copyOf(files.values());
    }

    /** Ordinary files with a name that can be shared; a folder that cannot be read has none. */
    private static void readFolder(Path folder, TreeMap<FileName, LocalFile> files) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                addFile(entry, files);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
            // What was read so far is shown; registering a file says what is wrong.
        }
    }

    private static void addFile(Path entry, TreeMap<FileName, LocalFile> files) throws IOException {
        if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            FileName name = FileName.of(entry.getFileName().toString());
            files.put(name, new LocalFile(name, Files.size(entry), PeerName.NONE));
        } catch (InvalidNameException notShareable) {
            // Hidden and temporary files, and names that would not travel.
        }
    }
}
