package p101.direct;

/**
 * Pixels of a picture that came in the published form.
 *
 * @param width 1 or more
 * @param height 1 or more
 * @param rgb {@code width * height} of them, row by row, 0xRRGGBB; those that never came are 0
 */
public record Picture(int width, int height, int[] rgb) {
    /**
     * @throws IllegalArgumentException when there are more or fewer pixels than that
     */
    public Picture {
        if (width < 1 || height < 1 || (long) width * height != rgb.length) {
            throw new IllegalArgumentException("a picture has width times height pixels");
        }
    }
}
