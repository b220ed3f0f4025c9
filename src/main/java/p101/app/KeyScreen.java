package p101.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import p101.menu.Screen;

/**
 * A terminal whose keys come one by one: what is typed is known, and so is how many rows it takes. A line that comes meanwhile takes
 * the place of all of them, and the input is written anew below it. A terminal that edits lines by itself cannot do that: nobody
 * else knows where its cursor stands. One thread asks; the rest any thread.
 */
final class KeyScreen implements Screen {
    /** Most bytes of a typed line; what goes beyond is not taken. */
    static final int MAX_LINE_BYTES = 4096;

    private static final int BACKSPACE = 8;
    private static final int DELETE = 0x7F;
    private static final int END_OF_INPUT = 4;
    private static final int ERASE_LINE = 21;
    private static final int ERASE_WORD = 23;
    private static final int ESCAPE = 0x1B;
    private static final int NOTHING = -2;

    private final InputStream in;
    private final OutputStream out;
    private final IntSupplier width;
    private final StringBuilder typed = new StringBuilder();
    private String prompt = "";
    private boolean asking;
    private int columns;
    /** A byte that was read too early. */
    private int next = NOTHING;

    /** @param width columns of the terminal, asked before each line */
    KeyScreen(InputStream in, OutputStream out, IntSupplier width) {
        this.in = in;
        this.out = out;
        this.width = width;
        this.columns = width.getAsInt();
    }

    @Override
    public String ask(String question) {
        synchronized (this) {
            columns = Math.max(2, width.getAsInt());
            prompt = question.isEmpty() ? "> " : question.concat(" ");
            typed.setLength(0);
            asking = true;
            write(prompt);
        }
        try {
            int key = read();
            while (key >= 0 && key != '\n' && key != '\r' && !(key == END_OF_INPUT && isEmpty())) {
                press(key);
                key = read();
            }
            return end(key == '\n' || key == '\r');
        } catch (IOException gone) {
            return end(false);
        }
    }

    private synchronized boolean isEmpty() {
        return typed.length() == 0;
    }

    private synchronized String end(boolean byEnter) {
        if (!asking) {
            return null;
        }
        leave();
        return byEnter || !isEmpty() ? typed.toString() : null;
    }

    /** Ends the line that is being typed, which is dropped unless it was complete. */
    @Override
    public synchronized void leave() {
        if (asking) {
            asking = false;
            write("\n");
        }
    }

    private void press(int key) throws IOException {
        if (key == ESCAPE) {
            skipSequence();
        } else if (key == DELETE || key == BACKSPACE) {
            cut(beforeLastCharacter());
        } else if (key == ERASE_LINE) {
            cut(0);
        } else if (key == ERASE_WORD) {
            cut(beforeLastWord());
        } else if (key == '\t') {
            append(" ");
        } else if (key >= ' ') {
            append(character(key));
        }
    }

    /** Arrows and the like: there is nothing that they could do here. */
    private void skipSequence() throws IOException {
        int kind = in.read();
        if (kind != '[' && kind != 'O') {
            next = kind;
            return;
        }
        int part = in.read();
        while (part >= ' ' && part < '@') {
            part = in.read();
        }
    }

    /** The character that begins with this byte; "" when it is none that may stand in a line. */
    private String character(int first) throws IOException {
        int length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        byte[] bytes = new byte[length];
        bytes[0] = (byte) first;
        for (int i = 1; i < length; i++) {
            int more = in.read();
            if (more < 0x80 || more > 0xBF) {
                next = more;
                return "";
            }
            bytes[i] = (byte) more;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 || Character.isISOControl(text.codePointAt(0)) ? "" : text;
    }

    private int read() throws IOException {
        int key = next == NOTHING ? in.read() : next;
        next = NOTHING;
        return key;
    }

    private synchronized void append(String text) {
        if ((typed + text).getBytes(StandardCharsets.UTF_8).length <= MAX_LINE_BYTES) {
            typed.append(text);
            write(text);
        }
    }

    private synchronized void cut(int end) {
        String away = toFirstRow();
        typed.setLength(end);
        write(away + prompt + typed);
    }

    /** What has no width of its own goes with what it belongs to. */
    private synchronized int beforeLastCharacter() {
        int end = typed.length();
        boolean base = false;
        while (end > 0 && !base) {
            int start = typed.offsetByCodePoints(end, -1);
            base = Texts.columns(typed.substring(start, end)) > 0;
            end = start;
        }
        return end;
    }

    private synchronized int beforeLastWord() {
        int end = typed.length();
        while (end > 0 && typed.charAt(end - 1) == ' ') {
            end--;
        }
        while (end > 0 && typed.charAt(end - 1) != ' ') {
            end--;
        }
        return end;
    }

    @Override
    public synchronized void above(String text) {
        write(asking ? toFirstRow() + text + "\n" + prompt + typed : text + "\n");
    }

    @Override
    public void line(String text) {
        above(text);
    }

    /** Moves to where the prompt begins, and clears all from there on. */
    private String toFirstRow() {
        int up = rowOfCursor();
        return "\r" + (up > 0 ? "\u001b[" + up + "A" : "") + "\u001b[J";
    }

    /** Rows between the prompt and the cursor: a wide character that does not fit goes to the next row whole. */
    private int rowOfCursor() {
        String text = prompt + typed;
        int row = 0;
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int end = i + Character.charCount(text.codePointAt(i));
            int wide = Texts.columns(text.substring(i, end));
            if (used + wide > columns) {
                row++;
                used = 0;
            }
            used += wide;
            i = end;
        }
        return row;
    }

    /** A chat has no transfers. */
    @Override
    public void status(String text) {}

    @Override
    public boolean endStatus(String text) {
        return false;
    }

    @Override
    public void placeStatus(String text) {}

    @Override
    public boolean isTerminal() {
        return true;
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }
}
