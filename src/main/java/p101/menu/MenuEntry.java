package p101.menu;

/** One entry of the menu. The published ones and those that came later are the same to the menu. */
public interface MenuEntry {
    /** The letter that chooses it, in upper case; either case is accepted. */
    char letter();

    /** What the menu shows behind the letter. */
    String title();

    /**
     * Does it, in the menu's thread.
     *
     * @throws EndOfInputException when the user's input ends in the middle
     */
    void run(MenuSession session) throws EndOfInputException, InterruptedException;
}
