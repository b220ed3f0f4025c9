package p101.fetch;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The paths that the downloads of a process lead to. Two names may stand for one path, since a download gets its full name back:
 * whoever comes second waits until the first has ended, and then finds a file there as if it had begun only now. Any thread.
 */
final class Places {
    /** A download at its path, or in the queue for it. */
    static final class Visit {
        private final Path place;
        private final Runnable job;

        private Visit(Path place, Runnable job) {
            this.place = place;
            this.job = job;
        }
    }

    private final Executor executor;
    private final Map<Path, ArrayDeque<Visit>> visits = new HashMap<>();

    Places(Executor executor) {
        this.executor = executor;
    }

    /** Has a job done as soon as nobody else is at the place; from then on it is the caller's until {@link #leave}. */
    synchronized Visit enter(Path place, Runnable job) {
        Visit visit = new Visit(place.toAbsolutePath().normalize(), job);
        ArrayDeque<Visit> queue = visits.computeIfAbsent(visit.place, path -> new ArrayDeque<>());
        queue.add(visit);
        if (queue.size() == 1) {
            executor.execute(job);
        }
        return visit;
    }

    /** Lets the next one have the place. */
    synchronized void leave(Visit visit) {
        ArrayDeque<Visit> queue = visits.get(visit.place);
        boolean wasThere = queue != null && queue.peek() == visit;
        if (queue == null || !queue.remove(visit)) {
            return;
        }
        if (queue.isEmpty()) {
            visits.remove(visit.place);
        } else if (wasThere) {
            executor.execute(queue.peek().job);
        }
    }
}
