package p101.peer;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import p101.model.Randomness;

/**
 * Unguessable numbers from the operating system without the security providers, whose first use costs a one-shot command more
 * than its network round trip. Where there is no such device, {@link Randomness#secure}. One thread.
 */
final class SystemRandomness implements Randomness {
    private static final String DEVICE = "/dev/urandom";

    /** A one-shot command needs few numbers; more are read when these are used. */
    private static final int BUFFER_BYTES = 64;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position = BUFFER_BYTES;

    private SystemRandomness() {}

    static Randomness open() {
        SystemRandomness device = new SystemRandomness();
        try {
            device.refill();
            return device;
        } catch (IOException noDevice) {
            return Randomness.secure();
        }
    }

    private void refill() throws IOException {
        try (InputStream in = new FileInputStream(DEVICE)) {
            if (in.readNBytes(buffer, 0, BUFFER_BYTES) != BUFFER_BYTES) {
                throw new IOException(DEVICE.concat(" is short"));
            }
        }
        position = 0;
    }

    @Override
    public long nextLong() {
        if (position == BUFFER_BYTES) {
            try {
                refill();
            } catch (IOException gone) {
                throw new java.io.UncheckedIOException("no random numbers from the system", gone);
            }
        }
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = bits << Byte.SIZE | buffer[position++] & 0xFF;
        }
        return bits;
    }
}
