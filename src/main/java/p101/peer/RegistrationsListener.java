package p101.peer;

/** What happens to a peer's rows without being asked for. */
interface RegistrationsListener {
    /** The index accepted a row that it did not hold before. */
    default void onRegistered(Advert advert) {}

    /** The index no longer holds a row that it had accepted, or is no longer asked to. */
    default void onGone(Advert advert) {}

    /** The index refused a row: it is no longer wanted until it is put again. */
    default void onRefused(Advert advert, Ending why) {}

    /** A request got no answer to its second send. */
    default void onSlow() {}

    /** Nothing came from the index for a whole refresh interval, or the first contact failed; trying goes on. */
    default void onSilent() {}

    /** The index answers; called for the first answer, too. */
    default void onBack() {}
}
