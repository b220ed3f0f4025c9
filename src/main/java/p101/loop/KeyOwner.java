package p101.loop;

import java.nio.channels.SelectionKey;

/** What is attached to a selection key. */
interface KeyOwner {
    /** The key is ready; what this throws costs the owner its key. */
    void onReady(SelectionKey key);

    /** The channel now belongs to a new selector. */
    void rebind(SelectionKey key);

    /** {@link #onReady} threw. */
    void onFailure();

    /** The loop closes. */
    void onLoopClosed();
}
