package p101.library;

import java.util.Optional;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.Root;

/** The files of this peer as a content server finds them; a complete file comes before a partial one. Safe from any thread. */
public interface Catalog {
    /** A file with this content, whatever its name. */
    Optional<ServedFile> byRoot(Root root);

    /** A file whose root begins with these eight bytes. */
    Optional<ServedFile> byHint(ContentId id);

    /** The file registered under this name. */
    Optional<ServedFile> byLabel(FileName label);
}
