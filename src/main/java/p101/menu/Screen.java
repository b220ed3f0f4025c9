package p101.menu;

/** Where the menu writes and reads. Writing from any thread, asking from the menu's. */
public interface Screen {
    /** One line. */
    void line(String text);

    /** One line above what is being typed, which stays as it is. Any thread; at most the width of the terminal. */
    default void above(String text) {
        line(text);
    }

    /**
     * Asks and waits for a line.
     *
     * @param prompt may be empty
     * @return without the line end; null at the end of the input
     */
    String ask(String prompt);

    /** Nobody is to answer any more: what follows on a terminal begins in a row of its own. Any thread; may come twice. */
    default void leave() {}

    /** Shows how running transfers stand; does not disturb what is being typed. Often called. */
    void status(String text);

    /**
     * The last word about a running transfer takes the place of the status line, and stays.
     *
     * @return whether there was a place for it
     */
    boolean endStatus(String text);

    /** Begins a fresh status line here, since the old one may have scrolled away. */
    void placeStatus(String text);

    /** Whether a person sits there: then a long transfer goes on behind the next menu. */
    boolean isTerminal();
}
