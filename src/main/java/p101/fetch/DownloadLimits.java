package p101.fetch;

import java.time.Duration;

/**
 * The patience and the appetite of a download. spec/PDU.md, section "Rules of a downloader".
 *
 * @param connectTimeout how long a connect may take
 * @param silence a source that owes something and sends nothing for so long is dropped
 * @param hedge if the manifest has not come after this time, another source is asked for it too
 * @param slowAfter how long a source is watched before it may be dropped as slow
 * @param slowBytesPerSecond a source below this speed is slow
 * @param giveUp how long to look for a source when none is left
 * @param research between two questions to the index for more sources
 * @param havePoll between two questions to a partial source for its pieces
 * @param completeSources most sources connected that have everything
 * @param partialSources most sources connected that are themselves downloading
 */
public record DownloadLimits(
        Duration connectTimeout,
        Duration silence,
        Duration hedge,
        Duration slowAfter,
        long slowBytesPerSecond,
        Duration giveUp,
        Duration research,
        Duration havePoll,
        int completeSources,
        int partialSources) {
    public static final DownloadLimits DEFAULT = new DownloadLimits(
            Duration.ofSeconds(4),
            Duration.ofSeconds(4),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            4096,
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            8,
            24);

    /** Between two looks at all that depends on time: speeds, silence, progress. */
    static final Duration TICK = Duration.ofMillis(250);
}
