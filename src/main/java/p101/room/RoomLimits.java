package p101.room;

/**
 * What bounds the memory of a room.
 *
 * @param textBytes most bytes of one sentence, as UTF-8, after it was made safe to print
 * @param speakerBytes most bytes of a speaker's name, likewise
 * @param recentSentences so many are kept for who joins late
 */
public record RoomLimits(int textBytes, int speakerBytes, int recentSentences) {
    /** 4 KiB a sentence, 128 bytes a name, the last 100 sentences. */
    public static final RoomLimits DEFAULT = new RoomLimits(4_096, 128, 100);

    public RoomLimits {
        if (textBytes < 1 || speakerBytes < 1 || recentSentences < 0) {
            throw new IllegalArgumentException("a room holds at least one byte of text and name, and no negative past");
        }
    }
}
