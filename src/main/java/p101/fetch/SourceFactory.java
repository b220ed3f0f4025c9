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

    /** This factory, and another one for the rows that this one cannot fetch from. */
    default SourceFactory orElse(SourceFactory other) {
        return (candidate, request, events) -> {
            Optional<Source> source = create(candidate, request, events);
            return source.isPresent() ? source : other.create(candidate, request, events);
        };
    }
}
