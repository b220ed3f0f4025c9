package p101.app;

import java.util.Map;
import p101.direct.Picture;

/** A picture for a terminal: two pixels in each place, one above the other, by the upper half block in two colours. */
final class TerminalPicture {
    private static final String UPPER_HALF = "\u2580";
    private static final String PLAIN = "\u001b[0m";
    private static final int CUBE_BASE = 16;
    private static final int GREY_BASE = 232;
    private static final int GREYS = 24;
    private static final int GREY_DARKEST = 8;
    private static final int GREY_STEP = 10;

    /** How a terminal takes colours. */
    enum Colours {
        NONE,
        INDEXED,
        TRUE
    }

    private TerminalPicture() {}

    /** What the environment says that the terminal can do. */
    static Colours colours(Map<String, String> environment) {
        String noColour = environment.getOrDefault("NO_COLOR", "");
        String term = environment.getOrDefault("TERM", "");
        String colourTerm = environment.getOrDefault("COLORTERM", "");
        if (!noColour.isEmpty() || term.isEmpty() || term.equals("dumb")) {
            return Colours.NONE;
        }
        if (colourTerm.equals("truecolor") || colourTerm.equals("24bit") || term.endsWith("-direct")) {
            return Colours.TRUE;
        }
        return term.contains("256color") ? Colours.INDEXED : Colours.NONE;
    }

    /**
     * The lines to print.
     *
     * @param columns most places in a line
     * @param rows most lines
     */
    static String draw(Picture picture, int columns, int rows, Colours colours) {
        double scale = Math.max(1, Math.max(picture.width() / (double) columns, picture.height() / (2.0 * rows)));
        int width = Math.max(1, (int) (picture.width() / scale));
        int height = Math.max(1, (int) (picture.height() / scale));
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < height; y += 2) {
            for (int x = 0; x < width; x++) {
                text.append(colour(38, pixel(picture, x, y, scale), colours));
                int below = y + 1 < height ? pixel(picture, x, y + 1, scale) : -1;
                text.append(below < 0 ? "\u001b[49m" : colour(48, below, colours))
                        .append(UPPER_HALF);
            }
            text.append(PLAIN).append('\n');
        }
        return text.toString();
    }

    private static int pixel(Picture picture, int x, int y, double scale) {
        int column = Math.min(picture.width() - 1, (int) ((x + 0.5) * scale));
        int row = Math.min(picture.height() - 1, (int) ((y + 0.5) * scale));
        return picture.rgb()[row * picture.width() + column];
    }

    private static String colour(int kind, int rgb, Colours colours) {
        int red = rgb >> 16 & 0xFF;
        int green = rgb >> 8 & 0xFF;
        int blue = rgb & 0xFF;
        return colours == Colours.TRUE
                ? "\u001b[" + kind + ";2;" + red + ";" + green + ";" + blue + "m"
                : "\u001b[" + kind + ";5;" + indexed(red, green, blue) + "m";
    }

    /** The nearest of the 216 colours and the 24 greys, which all such terminals have alike; the first 16 are the user's own. */
    static int indexed(int red, int green, int blue) {
        int r = step(red);
        int g = step(green);
        int b = step(blue);
        int grey =
                Math.max(0, Math.min(GREYS - 1, ((red + green + blue) / 3 - GREY_DARKEST + GREY_STEP / 2) / GREY_STEP));
        int greyLevel = GREY_DARKEST + GREY_STEP * grey;
        return distance(red, green, blue, greyLevel, greyLevel, greyLevel)
                        < distance(red, green, blue, level(r), level(g), level(b))
                ? GREY_BASE + grey
                : CUBE_BASE + 36 * r + 6 * g + b;
    }

    private static int distance(int red, int green, int blue, int toRed, int toGreen, int toBlue) {
        return (red - toRed) * (red - toRed)
                + (green - toGreen) * (green - toGreen)
                + (blue - toBlue) * (blue - toBlue);
    }

    /** The nearest of the six levels of a colour: 0, 95, 135, 175, 215, 255. */
    private static int step(int value) {
        return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
    }

    private static int level(int step) {
        return step == 0 ? 0 : 55 + 40 * step;
    }
}
