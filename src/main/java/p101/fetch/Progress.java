package p101.fetch;

/**
 * Where a download stands.
 *
 * @param verifiedBytes bytes that count, resumed ones included
 * @param totalBytes size of the content
 * @param bytesPerSecond recent speed of verified bytes
 * @param secondsLeft estimate; -1 = unknown
 * @param sources connected sources
 */
public record Progress(long verifiedBytes, long totalBytes, long bytesPerSecond, long secondsLeft, int sources) {
    /** 0 to 100, and 100 only when everything counts. */
    public int percent() {
        return totalBytes == 0 ? 100 : (int) (verifiedBytes / (double) totalBytes * 100);
    }
}
