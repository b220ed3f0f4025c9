package p101.direct;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which texts were delivered, so that one that comes again because its ACK was lost is not delivered again. A marked one is known by
 * its id. A published one is the same when the same address repeats it word for word while nothing says that it got our ACK.
 * spec/DIRECT.md, section 2.3. One thread.
 */
final class DeliveredTexts {
    /** Our senders give up long before. */
    static final long MARKED_NANOS = 600_000_000_000L;

    /** Published senders repeat every 2 s. */
    static final long PUBLISHED_NANOS = 10_000_000_000L;

    private record Key(InetAddress from, long id, String text) {}

    private final LinkedHashMap<Key, Long> untilNanos = new LinkedHashMap<>();

    /** Whether this is the first time; then it is remembered. */
    boolean isNew(IncomingText text, InetAddress from, long nowNanos) {
        Key key = key(text, from);
        Long until = untilNanos.remove(key);
        untilNanos.put(key, nowNanos + (text.marked() ? MARKED_NANOS : PUBLISHED_NANOS));
        if (untilNanos.size() > DirectLimits.MAX_REMEMBERED_TEXTS) {
            Map.Entry<Key, Long> oldest = untilNanos.entrySet().iterator().next();
            untilNanos.remove(oldest.getKey());
        }
        return until == null || until - nowNanos <= 0;
    }

    /** The sender has our ACK: the same words again are a new text. */
    void onAcknowledged(IncomingText text, InetAddress from) {
        if (!text.marked()) {
            untilNanos.remove(key(text, from));
        }
    }

    private static Key key(IncomingText text, InetAddress from) {
        return text.marked() ? new Key(from, text.id(), "") : new Key(from, 0, text.text());
    }
}
