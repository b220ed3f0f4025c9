package p101.loop;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Timers in a binary heap: the earliest first, those of one instant in the order in which they were set. Times are
 * nanoseconds of a monotonic clock and are compared by difference, so that the clock may wrap. One thread.
 */
public final class Timers {
    private static final int FIRST_CAPACITY = 16;

    private Entry[] heap = new Entry[FIRST_CAPACITY];
    private int size;
    private long nextSequence;

    /** Sets a timer for an instant; one in the past fires at the next {@link #fireDue}. */
    public TimerHandle schedule(long atNanos, Runnable task) {
        Entry entry = new Entry(this, atNanos, nextSequence++, task);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        siftUp(entry, size++);
        return entry;
    }

    /** Nanoseconds until the earliest timer: 0 when it is due, {@link Long#MAX_VALUE} when there is none. */
    public long untilNext(long nowNanos) {
        return size == 0 ? Long.MAX_VALUE : Math.max(0, heap[0].atNanos - nowNanos);
    }

    /** Timers that wait. */
    public int size() {
        return size;
    }

    /**
     * Runs what is due. Timers that are set meanwhile wait for the next call, even when they are due at once, so that a timer
     * which sets itself anew cannot hold the loop.
     *
     * @param errorSink is given what a task throws; the others run all the same
     * @return how many ran
     */
    public int fireDue(long nowNanos, Consumer<Throwable> errorSink) {
        long firstNewSequence = nextSequence;
        int fired = 0;
        while (size > 0 && heap[0].atNanos - nowNanos <= 0 && heap[0].sequence < firstNewSequence) {
            Entry entry = heap[0];
            removeAt(0);
            fired++;
            try {
                entry.task.run();
            } catch (Throwable failure) {
                errorSink.accept(failure);
            }
        }
        return fired;
    }

    private void removeAt(int index) {
        Entry removed = heap[index];
        Entry last = heap[--size];
        heap[size] = null;
        if (removed != last) {
            siftDown(last, index);
            if (heap[index] == last) {
                siftUp(last, index);
            }
        }
        removed.index = Entry.NOT_WAITING;
    }

    private void siftUp(Entry entry, int from) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (heap[parent].isBefore(entry)) {
                break;
            }
            place(heap[parent], index);
            index = parent;
        }
        place(entry, index);
    }

    private void siftDown(Entry entry, int from) {
        int index = from;
        int child = 2 * index + 1;
        while (child < size) {
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (entry.isBefore(heap[child])) {
                break;
            }
            place(heap[child], index);
            index = child;
            child = 2 * index + 1;
        }
        place(entry, index);
    }

    private void place(Entry entry, int index) {
        heap[index] = entry;
        entry.index = index;
    }

    private static final class Entry implements TimerHandle {
        static final int NOT_WAITING = -1;

        final long atNanos;
        final long sequence;
        final Runnable task;
        private final Timers timers;
        private int index;

        Entry(Timers timers, long atNanos, long sequence, Runnable task) {
            this.timers = timers;
            this.atNanos = atNanos;
            this.sequence = sequence;
            this.task = task;
        }

        boolean isBefore(Entry other) {
            long difference = atNanos - other.atNanos;
            return difference < 0 || (difference == 0 && sequence < other.sequence);
        }

        @Override
        public void cancel() {
            if (index != NOT_WAITING) {
                timers.removeAt(index);
            }
        }
    }
}
