package p101.lobby;

import java.util.concurrent.atomic.LongAdder;

/** What a lobby counts. Written by the loop, read from any thread. */
final class LobbyTally {
    private final LongAdder joins = new LongAdder();
    private final LongAdder said = new LongAdder();
    private final LongAdder unheard = new LongAdder();
    private final LongAdder mistakes = new LongAdder();
    private final LongAdder wrongSecrets = new LongAdder();
    private final LongAdder slowReaders = new LongAdder();
    private final LongAdder silent = new LongAdder();

    void countJoin() {
        joins.increment();
    }

    void countSaid() {
        said.increment();
    }

    void countUnheard() {
        unheard.increment();
    }

    void countMistake() {
        mistakes.increment();
    }

    void countWrongSecret() {
        wrongSecrets.increment();
    }

    void countSlowReader() {
        slowReaders.increment();
    }

    void countSilent() {
        silent.increment();
    }

    LobbyCounters snapshot(int connections) {
        return new LobbyCounters(
                connections,
                joins.sum(),
                said.sum(),
                unheard.sum(),
                mistakes.sum(),
                wrongSecrets.sum(),
                slowReaders.sum(),
                silent.sum());
    }
}
