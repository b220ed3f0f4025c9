package p101.index;

import p101.model.AddressBits;

/**
 * Notices when somebody guesses cookies for an address that is not theirs. After 16 wrong ones for one address (for IPv6 one
 * /64) in a slot, that address gets single datagrams only until the slot turns, so that a lucky guess cannot aim a burst
 * at it: the chance of that is 16 tries times 2 valid cookies in 2^32, 7.5e-9 for each slot. spec/PDU.md, section 7.3.
 *
 * <p>A fixed table of counters, each shared by all addresses that fall on it: it cannot grow, and when it is full of guesses it
 * errs to the safe side. Safe from any thread.
 */
final class SpoofGuard {
    /** Wrong cookies in one slot that make an address suspicious. */
    static final int MOST_WRONG = 16;

    private static final int COUNTERS = 1 << 16;

    private final long seed;
    private final byte[] wrong = new byte[COUNTERS];
    private long slot;
    private boolean clean = true;

    /**
     * @param seed an unguessable number, so that nobody can choose an address that shares a victim's counter
     */
    SpoofGuard(long seed) {
        this.seed = seed;
    }

    /** Somebody sent a wrong cookie that claims to come from this address. */
    synchronized void wrongCookie(AddressBits source, long nowSlot) {
        turn(nowSlot);
        int place = place(source);
        if (wrong[place] < MOST_WRONG) {
            wrong[place]++;
            clean = false;
        }
    }

    /** Whether this address gets single datagrams only. */
    synchronized boolean isSuspicious(AddressBits source, long nowSlot) {
        turn(nowSlot);
        return !clean && wrong[place(source)] >= MOST_WRONG;
    }

    private void turn(long nowSlot) {
        if (nowSlot != slot) {
            slot = nowSlot;
            if (!clean) {
                java.util.Arrays.fill(wrong, (byte) 0);
                clean = true;
            }
        }
    }

    private int place(AddressBits source) {
        AddressBits network = source.network();
        long mixed = mix(network.high() ^ seed);
        mixed = mix(mixed + network.low() ^ Long.rotateLeft(seed, 32));
        return (int) (mixed >>> 48);
    }

    /** Spreads every bit over all others (the finisher of MurmurHash3). */
    private static long mix(long number) {
        long mixed = number;
        mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
