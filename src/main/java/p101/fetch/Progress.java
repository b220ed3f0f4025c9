package p101.fetch;

/**
 * Where a download stands.
 *
 * @param verifiedBytes bytes that count, resumed ones included; while a file comes whose content is not known yet, all that came
 * @param totalBytes size of the content; {@link #UNKNOWN} = nobody said
 * @param bytesPerSecond recent speed of these bytes
 * @param secondsLeft estimate; -1 = unknown
 * @param sources connected sources
 */
public record Progress(long verifiedBytes, long totalBytes, long bytesPerSecond, long secondsLeft, int sources) {
    /** A size that nobody said. */
    public static final long UNKNOWN = -1;

    /** With the time left that follows from the speed. */
    static Progress at(long verifiedBytes, long totalBytes, long bytesPerSecond, int sources) {
        long left = totalBytes - verifiedBytes;
        long secondsLeft = bytesPerSecond <= 0 ? -1 : (left + bytesPerSecond - 1) / bytesPerSecond;
        return new Progress(verifiedBytes, totalBytes, bytesPerSecond, secondsLeft, sources);
    }

    public boolean isSizeKnown() {
        return totalBytes >= 0;
    }

    /** 0 to 100, and 100 only when everything counts; 0 while the size is not known. */
    public int percent() {
        if (!isSizeKnown()) {
            return 0;
        }
        return totalBytes == 0 ? 100 : (int) (verifiedBytes / (double) totalBytes * 100);
    }
}
