package p101.peer;

/** What {@link Registrations} knows of one file of this peer; one row for each label. */
final class Row {
    /** What is, or should be, registered. */
    Advert advert;

    /** Whether the index has accepted it, and under which tx; its share of held and sum. */
    boolean held;

    int tx;

    /** Whether it is to be removed. */
    boolean leaving;

    /** Whether it waits in the queue for room in the window. */
    boolean queued;

    /** Whether a healing in progress waits for it. */
    boolean unhealed;

    /** The R or T that is under way; null when there is none. */
    OwnerExchange exchange;

    /** Who wants to know how the present request comes out; null when nobody does. */
    RowHandler waiter;

    Row(Advert advert) {
        this.advert = advert;
    }

    /** Drops the request under way without a word: a later one with a greater tx takes its place. */
    void supersede() {
        if (exchange != null) {
            exchange.settle();
            exchange = null;
        }
    }

    /** Tells whoever waits, once. */
    void tell(Ending ending) {
        RowHandler told = waiter;
        waiter = null;
        if (told != null) {
            told.onEnd(advert, ending);
        }
    }
}
