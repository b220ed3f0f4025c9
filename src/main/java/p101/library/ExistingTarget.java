package p101.library;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongConsumer;
import p101.model.Content;

/** What stands at the name of a download before it begins. */
public enum ExistingTarget {
    /** Nothing stands in the way. */
    PROCEED,
    /** The file is there already, with this very content. */
    IDENTICAL;

    /**
     * Looks before a download begins, so that nothing is fetched in vain. Reads an existing file of the same size when the
     * policy is {@link ExistingFilePolicy#SKIP_IDENTICAL}.
     *
     * @param readBytes told how many bytes of an existing file were read so far; from any thread
     * @throws FileAlreadyExistsException when the name is taken and the policy does not allow more
     */
    public static ExistingTarget check(Path target, Content content, ExistingFilePolicy policy, LongConsumer readBytes)
            throws IOException {
        BasicFileAttributes existing = FinalName.lookAt(target);
        if (existing == null || policy == ExistingFilePolicy.RENAME) {
            return PROCEED;
        }
        if (!existing.isRegularFile()) {
            throw FinalName.notReplaceable(target);
        }
        return switch (policy) {
            case OVERWRITE, RENAME -> PROCEED;
            case KEEP ->
                throw new FileAlreadyExistsException(
                        target.toString(),
                        null,
                        "exists already; choose another name, or have it overwritten or renamed");
            case SKIP_IDENTICAL -> compare(target, existing.size(), content, readBytes);
        };
    }

    private static ExistingTarget compare(Path target, long size, Content content, LongConsumer readBytes)
            throws IOException {
        if (size == content.size() && HashedFile.of(target, readBytes).content().equals(content)) {
            return IDENTICAL;
        }
        throw new FileAlreadyExistsException(
                target.toString(),
                null,
                "exists already with other content; choose another name, or have it overwritten or renamed");
    }
}
