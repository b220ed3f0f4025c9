package p101.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which start of the machine this is. What a killed process had written is still there as long as the machine runs on; after
 * a restart nothing that was not forced to the disk is certain.
 */
final class BootId {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    /** Bytes that an id takes at most. */
    static final int MAX_BYTES = 36;

    private BootId() {}

    /** ASCII, at most {@value #MAX_BYTES} characters; empty where the platform does not tell. */
    static String current() {
        try {
            String id = Files.readString(LINUX).strip();
            return id.length() <= MAX_BYTES ? id : id.substring(0, MAX_BYTES);
        } catch (IOException | RuntimeException e) {
            // Not Linux, or not readable: then nothing is trusted after a crash, and all is hashed again.
            return "";
        }
    }
}
