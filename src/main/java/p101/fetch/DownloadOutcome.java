package p101.fetch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import p101.model.Content;
import p101.model.FileName;

/**
 * A download that ended well.
 *
 * @param path where the file is; empty when it went to a stream
 * @param fullName the file's full name, as its sharer gave it
 * @param content what it holds: proven
 * @param alreadyThere whether the file was at its path before, with this very content: it was left as it is
 * @param resumedBytes bytes that were there before: of an earlier, broken-off download, or all
 * @param nanos from start to end
 * @param sources all that were asked, in the order in which they were met
 */
public record DownloadOutcome(
        Optional<Path> path,
        FileName fullName,
        Content content,
        boolean alreadyThere,
        long resumedBytes,
        long nanos,
        List<SourceReport> sources) {}
