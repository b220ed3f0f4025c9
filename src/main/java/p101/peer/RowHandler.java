package p101.peer;

/** Learns how one registration or de-registration that a person asked for came out. */
interface RowHandler {
    /**
     * Exactly once.
     *
     * @param advert the row, with the name that it is registered under
     */
    void onEnd(Advert advert, Ending ending);
}
