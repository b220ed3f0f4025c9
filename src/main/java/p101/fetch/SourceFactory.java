package p101.fetch;

import java.util.Optional;

/** Makes the source that fits a row of the index. */
@FunctionalInterface
public interface SourceFactory {
    /**
     * A source that is not yet open.
     *
     * @return empty when this factory cannot fetch from such a row
     */
    Optional<Source> create(Candidate candidate, SourceRequest request, SourceEvents events);
}
