package p101.app;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import p101.direct.DirectLimits;
import p101.direct.Picture;

/** Pictures in files. How many pixels one has is read first; one with too many is never decoded. */
final class PictureFiles {
    /** A file beyond this is not looked at. */
    private static final long MAX_FILE_BYTES = 256L << 20;

    /** Pixels of a picture that is decoded only to be shown; it is thinned out while it is read. */
    private static final long MAX_SOURCE_PIXELS = 100_000_000L;

    private static final int MAX_SIDE = 65_535;

    static {
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
    }

    private PictureFiles() {}

    /** All pixels; empty when it is no picture or has more than a published transfer carries. */
    static Optional<Picture> read(Path file) {
        return decode(file, Integer.MAX_VALUE, Integer.MAX_VALUE, DirectLimits.MAX_PIXELS);
    }

    /** Thinned out to about this many columns and rows; empty when it is no picture. */
    static Optional<Picture> readSmall(Path file, int columns, int rows) {
        return decode(file, columns, rows, MAX_SOURCE_PIXELS);
    }

    private static Optional<Picture> decode(Path file, int columns, int rows, long mostPixels) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                return Optional.empty();
            }
            try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
                Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
                return readers.hasNext() ? decode(readers.next(), in, columns, rows, mostPixels) : Optional.empty();
            }
        } catch (IOException | RuntimeException noPicture) {
            // Decoders throw whatever comes to them when a file is not what it seems to be.
            return Optional.empty();
        }
    }

    private static Optional<Picture> decode(
            ImageReader reader, ImageInputStream in, int columns, int rows, long mostPixels) throws IOException {
        try {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1
                    || height < 1
                    || width > MAX_SIDE
                    || height > MAX_SIDE
                    || (long) width * height > mostPixels) {
                return Optional.empty();
            }
            ImageReadParam thinned = reader.getDefaultReadParam();
            int step = Math.max(1, Math.min(width / columns, height / rows));
            thinned.setSourceSubsampling(step, step, 0, 0);
            return Optional.of(pixels(reader.read(0, thinned)));
        } finally {
            reader.dispose();
        }
    }

    private static Picture pixels(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] &= 0xFFFFFF;
        }
        return new Picture(width, height, rgb);
    }

    /** A picture as the bytes of a PNG file. */
    static byte[] png(Picture picture) throws IOException {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, picture.width(), picture.height(), picture.rgb(), 0, picture.width());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
