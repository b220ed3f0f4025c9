package p101.bench;

import java.net.InetAddress;
import java.util.Locale;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.MemoryRegistry;
import p101.registry.OwnerId;
import p101.registry.RegistryLimits;

/**
 * Heap for each registration: a million of them, each with a name of 20 bytes and a content of its own, one owner for each 100,000.
 * The limit is {@value #MOST_BYTES} bytes; more ends with exit code 1.
 */
public final class RegistryHeapBench {
    private static final int ROWS = 1_000_000;
    private static final int ROWS_PER_OWNER = 100_000;
    private static final int LEASE_SECONDS = 65_535;
    private static final int MOST_BYTES = 300;

    private RegistryHeapBench() {}

    public static void main(String[] arguments) throws Exception {
        MemoryRegistry registry = new MemoryRegistry(
                RegistryLimits.DEFAULT, LEASE_SECONDS, Clock.SYSTEM.unixSeconds(), Randomness.seeded(1));
        long before = usedBytes();
        long begin = System.nanoTime();
        for (int i = 0; i < ROWS; i++) {
            registry.apply(row(i), 0, outcome -> {});
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double bytes = (usedBytes() - before) / (double) ROWS;
        boolean[] found = new boolean[1];
        registry.apply(
                new Command.Count(), 0, outcome -> found[0] = outcome.toString().contains("rows=" + ROWS));
        System.out.printf(
                Locale.ROOT,
                "%d registrations: %.1f bytes of heap each, %.2f s, all there: %b%n",
                ROWS,
                bytes,
                seconds,
                found[0]);
        System.exit(bytes <= MOST_BYTES && found[0] ? 0 : 1);
    }

    /** As it comes from the wire: every name is an object of its own. */
    private static Command row(int i) throws Exception {
        int number = i / ROWS_PER_OWNER;
        byte[] address = {10, 0, 0, (byte) (1 + number)};
        OwnerId owner = OwnerId.leased(number + 1, new Endpoint(InetAddress.getByAddress(address), 6010));
        FileName name = FileName.of(String.format(Locale.ROOT, "lecture-%08d.pdf", i));
        ContentId content = new ContentId((i + 1) * 0x9E3779B97F4A7C15L);
        return new Command.Register(owner, i + 1, PeerName.of("peer" + number), name, content, i, 0, Extras.NONE);
    }

    private static long usedBytes() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(
                    used,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return used;
    }
}
