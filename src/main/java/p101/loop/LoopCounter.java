package p101.loop;

/** What an {@link EventLoop} counts from its start on. */
public enum LoopCounter {
    /** Times round the loop. */
    TURNS,
    /** Tasks run for {@link EventLoop#execute}. */
    TASKS,
    TIMERS_FIRED,
    /** Connections taken in. */
    ACCEPTED,
    /** Connections closed at once because the port held its total. */
    REFUSED_TOTAL,
    /** Connections closed at once because their address held its share. */
    REFUSED_PER_ADDRESS,
    /** The system had no descriptor or no memory for a connection; the port then rests for a moment. */
    ACCEPT_FAILURES,
    CONNECTS_STARTED,
    CONNECTS_FAILED,
    /** Connections that ended, for whatever reason. */
    CLOSED,
    BYTES_IN,
    BYTES_OUT,
    DATAGRAMS_IN,
    DATAGRAMS_OUT,
    /** Datagrams that the system did not take. */
    DATAGRAMS_NOT_SENT,
    /** ICMP said that nobody listens at the address of a connected port. */
    UNREACHABLE,
    /** What a handler, task or timer threw; each cost at most its own connection. */
    FAILURES,
    /** Interrupts of the loop's thread, cleared: set, the flag would make each select return at once. */
    INTERRUPTS,
    /** Selects that returned early without a reason. */
    PREMATURE_SELECTS,
    /** Turns in which sockets were ready and nothing could be done with them. */
    FRUITLESS_TURNS,
    /** New selectors, after too many premature selects in a row. */
    SELECTOR_REBUILDS
}
