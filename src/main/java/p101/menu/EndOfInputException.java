package p101.menu;

/** The input ended where an answer was asked for; the menu quits as if Q had been chosen. */
public final class EndOfInputException extends Exception {
    private static final long serialVersionUID = 1L;

    public EndOfInputException() {
        super("the input ended", null, false, false);
    }
}
