package p101.room;

/** What became of a sentence. */
public enum Said {
    /** Every other door has it. */
    HEARD,
    /** There is nothing in it, or nobody who said it. */
    EMPTY,
    /** It, or the speaker's name, is longer than {@link RoomLimits} allow. */
    TOO_LONG,
    /** This seat was given up before. */
    LEFT
}
