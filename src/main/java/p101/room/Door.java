package p101.room;

/** One way into the room: a protocol with its people behind it. Called on the room's thread. */
public interface Door {
    /** What the people of other doors see as its name, one plain word: {@code lobby}, {@code overlay}. */
    String name();

    /**
     * Somebody said something through another door. Must not block, and must not say anything before it returns.
     */
    void hear(Sentence sentence);
}
