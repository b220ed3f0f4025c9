package p101.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import p101.library.Catalog;
import p101.library.ServedFile;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.Root;

/** A catalog that is a list. */
final class TestCatalog implements Catalog {
    final List<ServedFile> files = new ArrayList<>();

    <F extends ServedFile> F add(F file) {
        files.add(file);
        return file;
    }

    @Override
    public Optional<ServedFile> byRoot(Root root) {
        return files.stream().filter(file -> file.content().root().equals(root)).findFirst();
    }

    @Override
    public Optional<ServedFile> byHint(ContentId id) {
        return files.stream().filter(file -> file.content().id().equals(id)).findFirst();
    }

    @Override
    public Optional<ServedFile> byLabel(FileName label) {
        return files.stream().filter(file -> file.label().equals(label)).findFirst();
    }
}
