package p101.lobby;

/** Takes down what happens in a lobby. Must not block; loop thread. Texts are safe to print. */
public interface Journal {
    /** Nobody takes anything down. */
    Journal NONE = (event, text) -> {};

    /**
     * @param event one word: {@code JOIN}, {@code LEAVE}, {@code RENAME}, {@code SAY}, {@code PRO}, {@code WRONG-SECRET}
     * @param text one line
     */
    void note(String event, String text);
}
