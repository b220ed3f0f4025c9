package p101.library;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.Labels;
import p101.model.Root;

/** The files that can be served, by label and by content. Read from any thread; written under the library's lock. */
final class FileTable implements Catalog {
    private final Map<FileName, ServedFile> whole = new ConcurrentHashMap<>();
    private final Map<FileName, ServedFile> partial = new ConcurrentHashMap<>();

    /** Labels of whole files, those that are still being hashed included. */
    private final Set<FileName> taken = ConcurrentHashMap.newKeySet();

    /** Whole files come before partial ones in each list. */
    private final Map<ContentId, List<ServedFile>> byId = new ConcurrentHashMap<>();

    /**
     * Takes a label for a file, which is its own until {@link #releaseLabel}: that of its name, or when another file has it, one
     * from its path below the shared folder.
     */
    FileName takeLabel(FileName name, Share share, Path path) {
        FileName label = Labels.of(name);
        if (taken.add(label)) {
            return label;
        }
        String text = share.pathText(path);
        label = Labels.of(name, text);
        for (int number = 2; !taken.add(label); number++) {
            label = Labels.of(name, text + " " + number);
        }
        return label;
    }

    void releaseLabel(FileName label) {
        taken.remove(label);
    }

    void addWhole(ServedFile file) {
        whole.put(file.label(), file);
        byId.merge(file.content().id(), List.of(file), (old, added) -> joined(added, old));
    }

    void addPartial(ServedFile file) {
        partial.put(file.label(), file);
        byId.merge(file.content().id(), List.of(file), FileTable::joined);
    }

    void remove(ServedFile file) {
        whole.remove(file.label(), file);
        partial.remove(file.label(), file);
        byId.computeIfPresent(file.content().id(), (id, files) -> without(files, file));
    }

    private static List<ServedFile> joined(List<ServedFile> first, List<ServedFile> second) {
        List<ServedFile> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private static List<ServedFile> without(List<ServedFile> files, ServedFile gone) {
        List<ServedFile> left = files.stream().filter(file -> file != gone).toList();
        return left.isEmpty() ? null : left;
    }

    List<ServedFile> whole() {
        return whole.values().stream()
                .sorted((a, b) -> a.label().compareTo(b.label()))
                .toList();
    }

    @Override
    public Optional<ServedFile> byRoot(Root root) {
        return first(root.contentId(), file -> file.content().root().equals(root));
    }

    @Override
    public Optional<ServedFile> byHint(ContentId id) {
        return first(id, file -> true);
    }

    private Optional<ServedFile> first(ContentId id, Predicate<ServedFile> fits) {
        for (ServedFile file : byId.getOrDefault(id, List.of())) {
            if (fits.test(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<ServedFile> byLabel(FileName label) {
        ServedFile file = whole.get(label);
        return Optional.ofNullable(file == null ? partial.get(label) : file);
    }
}
