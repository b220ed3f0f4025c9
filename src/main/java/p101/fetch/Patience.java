package p101.fetch;

/** How long a download goes on hoping, and when it looks for more sources: a function of what it is told and the time. */
final class Patience {
    /** A download that still has sources, or busy ones, but gets nothing ends after so many times the usual patience. */
    private static final int STUCK_FACTOR = 6;

    /** When more sources are looked for at first: most downloads are over by then, and a class that begins together is not. */
    private static final long[] FIRST_RESEARCH_NANOS = {300_000_000L, 700_000_000L};

    private static final long DESPERATE_RESEARCH_NANOS = 1_000_000_000L;

    private final DownloadLimits limits;
    private long hopeNanos;
    private long searchingNanos;
    private int searches;
    private boolean searchedSinceLoss;

    Patience(DownloadLimits limits, long nowNanos) {
        this.limits = limits;
        this.hopeNanos = nowNanos;
        this.searchingNanos = nowNanos;
    }

    /** Something went forward. */
    void hope(long nowNanos) {
        hopeNanos = nowNanos;
    }

    /** A source was lost. */
    void lost() {
        searchedSinceLoss = false;
    }

    /** A search for more sources begins. */
    void searching(long nowNanos) {
        searchingNanos = nowNanos;
        searches++;
    }

    /** A search for more sources is over. */
    void searched() {
        searchedSinceLoss = true;
    }

    /** Whether to look for more sources although some are at work. */
    boolean isResearchDue(long nowNanos) {
        long wait = searches <= FIRST_RESEARCH_NANOS.length && searches > 0
                ? FIRST_RESEARCH_NANOS[searches - 1]
                : limits.research().toNanos();
        return nowNanos - searchingNanos >= wait;
    }

    /** Whether to look for sources because none is left. */
    boolean wantsSearch(Recruiter recruiter, long nowNanos) {
        return !recruiter.anyConnected() && !searchedSinceLoss && nowNanos - searchingNanos >= DESPERATE_RESEARCH_NANOS;
    }

    boolean isOver(Recruiter recruiter, long nowNanos) {
        boolean connected = recruiter.anyConnected();
        if (!connected && searchedSinceLoss && recruiter.contacts().isHopeless()) {
            return true;
        }
        boolean patient = connected || recruiter.contacts().anyBusy(nowNanos);
        return nowNanos - hopeNanos >= limits.giveUp().toNanos() * (patient ? STUCK_FACTOR : 1);
    }
}
