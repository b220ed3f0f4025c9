package p101.peer;

/** What a client has seen, since it was made. One thread. */
final class ClientCounters {
    /** Datagrams sent. */
    long sent;

    /** Of them, sent again by a timer. */
    long resent;

    /** Answers that belonged to an outstanding request and were used. */
    long accepted;

    /** Datagrams that are not an answer PDU. */
    long malformed;

    /** Answers to nothing that is outstanding: late, doubled or forged. */
    long unmatched;

    /** Answers with the right tx that do not fit the request. */
    long wrong;
}
