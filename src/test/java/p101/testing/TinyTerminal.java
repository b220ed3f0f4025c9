package p101.testing;

import java.util.Arrays;

/** As much of a terminal as our screens use: what stands where after some output. It wraps, as terminals do, when the next character comes. */
public final class TinyTerminal {
    /** The right half of a wide character. */
    private static final int HALF = 0;

    private final int[][] cells;
    private int row;
    private int column;
    private int savedRow;
    private int savedColumn;

    public TinyTerminal(int rows, int columns) {
        cells = new int[rows][columns];
        for (int[] line : cells) {
            Arrays.fill(line, ' ');
        }
    }

    public int row() {
        return row;
    }

    public int column() {
        return column;
    }

    public String line(int number) {
        StringBuilder line = new StringBuilder();
        Arrays.stream(cells[number]).filter(cell -> cell != HALF).forEach(line::appendCodePoint);
        return line.toString().stripTrailing();
    }

    public void feed(String output) {
        for (int i = 0; i < output.length(); i++) {
            char c = output.charAt(i);
            if (c == '\u001b') {
                i = escape(output, i + 1);
            } else if (c == '\n') {
                column = 0;
                down();
            } else if (c == '\r') {
                column = 0;
            } else {
                int codePoint = output.codePointAt(i);
                i += Character.charCount(codePoint) - 1;
                put(codePoint);
            }
        }
    }

    private void put(int codePoint) {
        int width = codePoint >= 0x1100 && codePoint < 0xFFF0 || codePoint >= 0x1F300 ? 2 : 1;
        if (Character.getType(codePoint) == Character.NON_SPACING_MARK) {
            return; // it stands on what is there
        }
        if (column + width > cells[row].length) {
            column = 0;
            down();
        }
        cells[row][column++] = codePoint;
        if (width == 2) {
            cells[row][column++] = HALF;
        }
    }

    private void down() {
        if (row < cells.length - 1) {
            row++;
            return;
        }
        System.arraycopy(cells, 1, cells, 0, cells.length - 1);
        cells[row] = blank();
    }

    private int[] blank() {
        int[] line = new int[cells[0].length];
        Arrays.fill(line, ' ');
        return line;
    }

    /** Gives the index of the sequence's last character. */
    private int escape(String output, int at) {
        if (output.charAt(at) == '7') {
            savedRow = row;
            savedColumn = column;
            return at;
        }
        if (output.charAt(at) == '8') {
            row = savedRow;
            column = savedColumn;
            return at;
        }
        int end = at + 1;
        while (!Character.isLetter(output.charAt(end))) {
            end++;
        }
        String number = output.substring(at + 1, end);
        switch (output.charAt(end)) {
            case 'A' -> row = Math.max(0, row - (number.isEmpty() ? 1 : Integer.parseInt(number)));
            case 'B' -> row = Math.min(cells.length - 1, row + 1);
            case 'K' -> cells[row] = blank();
            case 'J' -> {
                Arrays.fill(cells[row], column, cells[row].length, ' ');
                for (int below = row + 1; below < cells.length; below++) {
                    cells[below] = blank();
                }
            }
            case 'L' -> {
                System.arraycopy(cells, row, cells, row + 1, cells.length - row - 1);
                cells[row] = blank();
            }
            default -> throw new AssertionError("unknown sequence ending in " + output.charAt(end));
        }
        return end;
    }
}
