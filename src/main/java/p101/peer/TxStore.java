package p101.peer;

/** Remembers across restarts a transaction id that is at least the last one used. */
interface TxStore {
    /** How far ahead of the last one used the stored mark is set. */
    int AHEAD = 1024;

    /** Starts from nothing and keeps nothing. */
    TxStore NONE = new TxStore() {
        @Override
        public long load() {
            return 0;
        }

        @Override
        public void save(long mark) {}
    };

    /** The stored mark, 0 when there is none; unsigned 32 bits. */
    long load();

    /** Keeps a mark; a failure to write is not fatal, since the index tells its newest tx to whoever is behind. */
    void save(long mark);
}
