package p101.direct;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import p101.model.Root;

/** A disk of these tests: pieces of 4 KiB that are kept when a transfer breaks, whole ones only. */
final class MemoryStore {
    static final int PIECE = 4096;

    final Map<Root, Partial> partials = new HashMap<>();
    final Map<Root, byte[]> stored = new HashMap<>();
    boolean stuck;
    int stores;
    int ends;
    int confirmed;
    DirectReason lastReason;

    /** What is kept of one content. */
    static final class Partial {
        final byte[] bytes;
        final BitSet pieces = new BitSet();

        Partial(int size) {
            bytes = new byte[size];
        }
    }

    IncomingFile open(IncomingOffer offer) {
        return new File(offer.file());
    }

    private final class File implements IncomingFile {
        private final FileOffer offer;
        private final int size;
        private Partial partial;
        private Events events;
        private int[] missing;

        File(FileOffer offer) {
            this.offer = offer;
            this.size = (int) offer.content().size();
        }

        @Override
        public void begin(ByteBuffer manifest, Events toTell) {
            events = toTell;
            partial = partials.computeIfAbsent(offer.content().root(), root -> new Partial(size));
            missing = new int[size / PIECE + 1];
            for (int i = 0; i < missing.length; i++) {
                missing[i] = Math.max(0, Math.min(PIECE, size - i * PIECE));
            }
            if (!stuck) {
                events.onReady(held());
            }
        }

        private HeldContent held() {
            BitSet pieces = (BitSet) partial.pieces.clone();
            long bytes = pieces.stream()
                    .mapToLong(piece -> Math.min(PIECE, size - piece * PIECE))
                    .sum();
            return new HeldContent() {
                @Override
                public long endOfRun(long offset) {
                    return File.this.endOfRun(pieces, offset);
                }

                @Override
                public long bytes() {
                    return bytes;
                }
            };
        }

        private long endOfRun(BitSet pieces, long offset) {
            int piece = (int) (offset / PIECE);
            int clear = pieces.nextClearBit(piece);
            return clear == piece ? offset : Math.min(size, (long) clear * PIECE);
        }

        @Override
        public int room() {
            return 1 << 20;
        }

        @Override
        public void write(long offset, ByteBuffer content) {
            while (content.hasRemaining()) {
                int piece = (int) (offset / PIECE);
                int count = (int) Math.min(content.remaining(), (piece + 1L) * PIECE - offset);
                if (partial.pieces.get(piece)) {
                    content.position(content.position() + count);
                } else {
                    content.get(partial.bytes, (int) offset, count);
                    missing[piece] -= count;
                    if (missing[piece] < 0) {
                        throw new AssertionError("a byte came twice");
                    }
                    partial.pieces.set(piece, missing[piece] == 0);
                }
                offset += count;
            }
        }

        @Override
        public void finish() {
            if (partial.pieces.cardinality() != (size + PIECE - 1) / PIECE) {
                throw new AssertionError("finished with a piece missing");
            }
            stored.put(offer.content().root(), partial.bytes);
            stores++;
            events.onStored(false);
        }

        @Override
        public void close() {
            // What is kept is kept.
        }

        @Override
        public void onEnd(DirectReason reasonOrNull, boolean isConfirmed) {
            ends++;
            confirmed += isConfirmed ? 1 : 0;
            lastReason = reasonOrNull;
        }
    }
}
