package p101.registry;

/**
 * Owners in the order in which their time ends. All of one queue get the same time, so that the order is that of their last
 * renewal, and renewing is a move to the end.
 */
final class OwnerQueue {
    private Owner first;
    private Owner last;

    /** The owner that ends first; null when there is none. */
    Owner first() {
        return first;
    }

    /** Puts an owner at the end, out of whatever queue it was in. */
    void moveToEnd(Owner owner) {
        leave(owner);
        owner.queue = this;
        owner.previous = last;
        if (last == null) {
            first = owner;
        } else {
            last.next = owner;
        }
        last = owner;
    }

    /** Takes an owner out of its queue, if it is in one. */
    static void leave(Owner owner) {
        OwnerQueue queue = owner.queue;
        if (queue == null) {
            return;
        }
        if (owner.previous == null) {
            queue.first = owner.next;
        } else {
            owner.previous.next = owner.next;
        }
        if (owner.next == null) {
            queue.last = owner.previous;
        } else {
            owner.next.previous = owner.previous;
        }
        owner.previous = null;
        owner.next = null;
        owner.queue = null;
    }
}
