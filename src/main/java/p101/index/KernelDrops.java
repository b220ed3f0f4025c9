package p101.index;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import p101.model.Endpoint;

/**
 * Datagrams that the system dropped because nobody read them in time, as Linux tells in {@code /proc/net/udp} and {@code udp6}: the
 * second column is the local address in hexadecimal (each 32-bit word in the machine's byte order), the last one the drops.
 */
final class KernelDrops {
    /** This system does not tell. */
    static final long UNKNOWN = -1;

    private static final int LOCAL_COLUMN = 1;
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private KernelDrops() {}

    static long read(List<Endpoint> endpoints) {
        long drops = UNKNOWN;
        for (Path table : TABLES) {
            try {
                if (Files.isReadable(table)) {
                    drops = Math.max(drops, 0) + sum(Files.readAllLines(table), endpoints);
                }
            } catch (IOException e) {
                return UNKNOWN;
            }
        }
        return drops;
    }

    static long sum(List<String> lines, List<Endpoint> endpoints) {
        Set<String> wanted = new HashSet<>();
        endpoints.forEach(endpoint -> wanted.add(column(endpoint)));
        long drops = 0;
        for (String line : lines) {
            String[] columns = line.trim().split(" +");
            if (columns.length > LOCAL_COLUMN && wanted.contains(columns[LOCAL_COLUMN])) {
                drops += Long.parseLong(columns[columns.length - 1]);
            }
        }
        return drops;
    }

    static String column(Endpoint endpoint) {
        InetAddress address = endpoint.address();
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress()).order(ByteOrder.nativeOrder());
        StringBuilder column = new StringBuilder();
        while (bytes.hasRemaining()) {
            column.append(String.format(Locale.ROOT, "%08X", bytes.getInt()));
        }
        return column.append(String.format(Locale.ROOT, ":%04X", endpoint.port()))
                .toString();
    }
}
