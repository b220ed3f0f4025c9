package p101.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import p101.model.Content;

/** What stands at the name of a download before it begins. */
public enum ExistingTarget {
    /** Nothing stands in the way. */
    PROCEED,
    /** The file is there already, with this very content. */
    IDENTICAL;

    /**
     * Looks before a download begins, so that nothing is fetched in vain.
     *
     * @param readBytes told how many bytes of an existing file were read to compare it
     * @throws java.nio.file.FileAlreadyExistsException when the name is taken and the policy does not allow more
     */
    public static ExistingTarget check(Path target, Content content, ExistingFilePolicy policy, LongConsumer readBytes)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
