package p101.app;

import java.io.IOException;
import java.util.List;

/** One further protocol of an index: what it is called, how it is asked for, how it is opened. A new one is added in {@link IndexDoors}. */
interface DoorKind {
    /** {@code --key} or {@code --key=PORT}; it opens the door. */
    Option option();

    /** Options that only this door has. */
    default List<Option> moreOptions() {
        return List.of();
    }

    /** One lower-case word: the prefix of its counters in the status. */
    String key();

    /** What people call it. */
    String label();

    /** The TCP port when the option names none. */
    int defaultPort();

    /**
     * Makes the door, which does not listen yet. Before the loop runs, on any thread.
     *
     * @throws CommandFailure when the door's options are wrong
     */
    OpenDoor open(DoorSetting setting) throws CommandFailure, IOException;
}
