package p101.app;

import java.nio.file.Path;
import p101.direct.Picture;

/** Pictures for the one who sits at the terminal, if somebody does and the terminal has the colours. Any thread. */
final class PictureShow {
    private static final int ROWS = 24;

    private final int columns;
    private final TerminalPicture.Colours colours;

    PictureShow(Console console) {
        columns = console.messages().columns();
        colours = console.interactive() ? TerminalPicture.colours(console.environment()) : TerminalPicture.Colours.NONE;
    }

    /** The lines of the picture in a file; "" when it is none, or nobody would see it. Reads the disk. */
    String of(Path file) {
        return colours == TerminalPicture.Colours.NONE
                ? ""
                : PictureFiles.readSmall(file, columns, 2 * ROWS).map(this::of).orElse("");
    }

    /** The lines of a picture; "" when nobody would see it. */
    String of(Picture picture) {
        return colours == TerminalPicture.Colours.NONE ? "" : TerminalPicture.draw(picture, columns, ROWS, colours);
    }
}
