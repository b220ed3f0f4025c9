package p101.app;

import p101.model.Shown;

/** One task's line of progress: percent, bytes, rate and time left, a few times a second. Any thread. */
final class ProgressText {
    private static final long INTERVAL_NANOS = 100_000_000L;
    private static final int NAME_COLUMNS = 30;

    private final Messages messages;
    private final String name;
    private final long startNanos = System.nanoTime();
    private long shownNanos = startNanos;

    ProgressText(Messages messages, String name) {
        this.messages = messages;
        this.name = Texts.cut(Shown.text(name), NAME_COLUMNS);
    }

    /** Bytes done since the beginning; rate and time left follow from them. */
    synchronized void show(long doneBytes, long totalBytes) {
        long now = System.nanoTime();
        if (messages.showsProgress() && now - shownNanos >= INTERVAL_NANOS) {
            shownNanos = now;
            long rate = (long) (doneBytes / ((now - startNanos) / 1e9));
            messages.progress(
                    line(name, doneBytes, totalBytes, rate, rate == 0 ? -1 : (totalBytes - doneBytes) / rate));
        }
    }

    /** {@code song.ogg  43%  1.2 MiB of 2.8 MiB  30.1 MiB/s  0:07 left}; without a total {@code song.ogg  1.2 MiB  30.1 MiB/s}. */
    static String line(String name, long doneBytes, long totalBytes, long bytesPerSecond, long secondsLeft) {
        if (totalBytes < 0) {
            return name + "  " + Texts.size(doneBytes) + "  " + Texts.size(bytesPerSecond) + "/s";
        }
        int percent = totalBytes == 0 ? 100 : (int) (doneBytes / (double) totalBytes * 100);
        String line = name + "  " + percent + "%  " + Texts.size(doneBytes) + " of " + Texts.size(totalBytes) + "  "
                + Texts.size(bytesPerSecond) + "/s";
        return secondsLeft < 0 ? line : line + "  " + Texts.duration(secondsLeft) + " left";
    }
}
