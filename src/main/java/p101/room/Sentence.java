package p101.room;

/**
 * Something that was said, safe to print: the room lets no control character and no line end through, so that no door has to
 * clean what it hears.
 *
 * @param number grows by one with each sentence of a room
 * @param unixMillis when, by the wall clock of the index
 * @param door the name of the door that it came through
 * @param speaker who said it, as far as that door knows; never empty
 * @param text one line, never empty
 */
public record Sentence(long number, long unixMillis, String door, String speaker, String text) {}
