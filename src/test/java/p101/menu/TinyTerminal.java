package p101.menu;

import java.util.Arrays;

/** As much of a terminal as {@link TerminalScreen} uses: what stands where after some output. */
final class TinyTerminal {
    private final char[][] cells;
    private int row;
    private int column;
    private int savedRow;
    private int savedColumn;

    TinyTerminal(int rows, int columns) {
        cells = new char[rows][columns];
        for (char[] line : cells) {
            Arrays.fill(line, ' ');
        }
    }

    int row() {
        return row;
    }

    String line(int number) {
        return new String(cells[number]).stripTrailing();
    }

    void feed(String output) {
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
                cells[row][column++] = c;
            }
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

    private char[] blank() {
        char[] line = new char[cells[0].length];
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
            case 'L' -> {
                System.arraycopy(cells, row, cells, row + 1, cells.length - row - 1);
                cells[row] = blank();
            }
            default -> throw new AssertionError("unknown sequence ending in " + output.charAt(end));
        }
        return end;
    }
}
