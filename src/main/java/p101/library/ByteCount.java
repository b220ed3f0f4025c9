package p101.library;

/** Numbers of bytes for people. */
final class ByteCount {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private ByteCount() {}

    /** {@code 3.8 GiB}, rounded up, so that who makes room for it makes enough. */
    static String show(long bytes) {
        int unit = 0;
        long scale = 1;
        while (bytes >= scale * 1024 && unit < UNITS.length - 1) {
            scale *= 1024;
            unit++;
        }
        if (unit == 0) {
            return bytes + " bytes";
        }
        long tenths = (bytes * 10 + scale - 1) / scale;
        return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
    }
}
