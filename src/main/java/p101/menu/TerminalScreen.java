package p101.menu;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A terminal. The status line stands somewhere above the cursor; to redraw it, the cursor's place is saved, moved up, and
 * brought back, so that what the user has typed stays where it is. For that the lines written since are counted.
 */
public final class TerminalScreen implements Screen {
    private static final String SAVE = "\u001b7";
    private static final String RESTORE = "\u001b8";
    private static final String INSERT_ROW = "\n\u001b[A\r\u001b[L";
    private static final String DOWN = "\u001b[B";
    private static final String CLEAR_LINE = "\r\u001b[2K";

    /** Take no room in a row. */
    private static final String COLOURS = "\u001b\\[[0-9;]*m";

    private final LineReader in;
    private final OutputStream out;
    private final int columns;
    private final int rows;
    /** Rows from the status line down to the cursor; 0 = there is no status line to redraw. */
    private int statusDistance;

    private boolean asking;

    /**
     * @param columns of the terminal
     * @param rows of the terminal; a status line further up is no longer redrawn
     */
    public TerminalScreen(InputStream in, OutputStream out, int columns, int rows) {
        this.in = new LineReader(in);
        this.out = out;
        this.columns = columns;
        this.rows = rows;
    }

    @Override
    public synchronized void line(String text) {
        write(text.concat("\n"));
        moved(text);
    }

    /**
     * A line end makes room below, by scrolling if the cursor stands in the last row; then a row is inserted where the input
     * stands, which pushes the input down, and the cursor follows it.
     */
    @Override
    public synchronized void above(String text) {
        write(SAVE + INSERT_ROW + text + RESTORE + DOWN);
        statusDistance += statusDistance > 0 ? 1 : 0;
    }

    @Override
    public String ask(String prompt) {
        String shown = prompt.isEmpty() ? "> " : prompt.concat(" ");
        synchronized (this) {
            write(shown);
            asking = true;
        }
        String answer = in.next();
        synchronized (this) {
            asking = false;
            moved(shown.concat(answer == null ? "" : answer));
        }
        return answer;
    }

    @Override
    public synchronized void leave() {
        if (asking) {
            asking = false;
            write("\n");
        }
    }

    /** The cursor went down past this text. */
    private void moved(String text) {
        if (statusDistance > 0) {
            int shown = text.replaceAll(COLOURS, "").length();
            statusDistance += 1 + Math.max(0, shown - 1) / columns;
        }
    }

    @Override
    public synchronized void status(String text) {
        if (statusDistance > 0 && statusDistance < rows) {
            write(SAVE + "\u001b[" + statusDistance + "A" + CLEAR_LINE + cut(text) + RESTORE);
        }
    }

    @Override
    public synchronized boolean endStatus(String text) {
        boolean visible = statusDistance > 0 && statusDistance < rows;
        status(text);
        statusDistance = 0;
        return visible;
    }

    @Override
    public synchronized void placeStatus(String text) {
        write(cut(text) + "\n");
        statusDistance = 1;
    }

    @Override
    public boolean isTerminal() {
        return true;
    }

    private String cut(String text) {
        return text.length() < columns ? text : text.substring(0, columns - 1);
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException closed) {
            throw new ScreenClosedException(closed);
        }
    }
}
