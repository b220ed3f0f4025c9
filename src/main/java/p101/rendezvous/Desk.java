package p101.rendezvous;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What all connections share: the peers, both forms, and the date. Loop thread. */
final class Desk {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final long MILLIS_PER_SECOND = 1_000;

    private final PeerDirectory directory;
    private final LongSupplier unixMillis;
    private final Form published;
    private final Form modern;
    final Tally tally = new Tally();

    private long dateSeconds = Long.MIN_VALUE;
    private String date = "";

    /** @param unixMillis the wall clock, for the header Date */
    Desk(PeerDirectory directory, LongSupplier unixMillis) {
        this.directory = directory;
        this.unixMillis = unixMillis;
        this.published = new PublishedForm(directory);
        this.modern = new ModernForm(directory);
    }

    PeerDirectory directory() {
        return directory;
    }

    /**
     * Answers a request.
     *
     * @param answers called exactly once, perhaps before this returns
     */
    void answer(HttpRequest request, Asker asker, long nowNanos, Consumer<HttpAnswer> answers) {
        tally.requests.increment();
        Form form = ModernForm.isFor(request) ? modern : published;
        form.answer(request, asker, nowNanos, date(), answers);
    }

    /** Answers what could not be read; the connection is to be closed after it. */
    HttpAnswer refuse(Status status) {
        if (status == Status.REQUEST_TIMEOUT) {
            tally.slowRequests.increment();
        }
        return HttpAnswer.published(status, status.reason(), null, false, date());
    }

    /** The time as HTTP writes it, put together once a second. */
    private String date() {
        long seconds = Math.floorDiv(unixMillis.getAsLong(), MILLIS_PER_SECOND);
        if (seconds != dateSeconds) {
            dateSeconds = seconds;
            date = DATE.format(Instant.ofEpochSecond(seconds));
        }
        return date;
    }
}
