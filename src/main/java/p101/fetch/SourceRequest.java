package p101.fetch;

import p101.model.FileName;
import p101.model.Root;

/**
 * What a source is asked for.
 *
 * @param root the full root once it is known; before that the first eight bytes alone, or {@link Root#NONE}
 * @param label the name under which it was found; may be {@link FileName#NONE} when a root is given
 * @param size bytes of the content, as the row said
 * @param blocks where room for its content is taken from
 */
public record SourceRequest(Root root, FileName label, long size, BlockPool blocks) {}
