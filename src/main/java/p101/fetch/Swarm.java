package p101.fetch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import p101.library.Geometry;
import p101.library.PieceSet;
import p101.model.Randomness;

/**
 * Who is asked for what: a decision over pieces, sources and their speeds, with no clock, socket or disk of its own.
 *
 * <p>Among sources that have everything, pieces go out in the order of the file, each source taking its next run as soon as it has room: so
 * the fast ones do more. As soon as there is a source that is itself downloading, those are asked for what is rarest among
 * them, and the ones that have everything only for what none of the others has yet, {@linkplain Slices our own slice} of it first.
 */
final class Swarm {
    /** Sources in download, for each that has everything, from which on these are spared. */
    private static final int PARTIAL_PER_COMPLETE = 4;

    /** If the others need longer than this for the rest, sparing the complete sources is not worth it. */
    private static final double SPARING_SECONDS = 2;

    /** Work is taken over only when it would end twice as fast, and a moment sooner at least. */
    private static final double TAKE_OVER_FACTOR = 2;

    private static final double TAKE_OVER_MIN_SECONDS = 0.05;

    private final Geometry geometry;
    private final PieceStates states;
    private final Randomness random;
    private final String self;
    private final Slices slices = new Slices();
    private final List<Lane> lanes = new ArrayList<>();
    private final short[] partialHolders;
    private int cursor;

    /**
     * @param self the name under which other downloaders know this one; may be empty
     * @param start the piece to begin with
     */
    Swarm(Geometry geometry, String self, int start, Randomness random) {
        this.geometry = geometry;
        this.states = new PieceStates(geometry.pieceCount());
        this.random = random;
        this.self = self;
        this.partialHolders = new short[states.count()];
        this.cursor = start;
    }

    /** Where to begin so that downloaders that start together fetch different parts: at a random run. */
    static int randomStart(Geometry geometry, Randomness random) {
        int runs = geometry.pieceCount() / Window.BEST_RUN_PIECES;
        return runs < 2 ? 0 : random.below(runs) * Window.BEST_RUN_PIECES;
    }

    PieceStates states() {
        return states;
    }

    void add(Lane lane) {
        lanes.add(lane);
        countHolder(lane, 1);
    }

    /** Takes the source out; what it was asked for is free again. */
    void remove(Lane lane) {
        if (lanes.remove(lane)) {
            countHolder(lane, -1);
            states.freeTakenBy(lane);
        }
    }

    /** Names of all that are known to download this content, connected or not. */
    void otherDownloaders(Collection<String> names) {
        slices.divide(self, names, states.count());
    }

    void setHave(Lane lane, PieceSet pieces) {
        countHolder(lane, -1);
        lane.replaceHave(pieces);
        countHolder(lane, 1);
    }

    /** A source said that it does not have a piece, whatever its map or its row told. */
    void lacks(Lane lane, int piece) {
        countHolder(lane, -1);
        lane.lacks(piece, states.count());
        countHolder(lane, 1);
    }

    private void countHolder(Lane lane, int step) {
        if (lane.isComplete()) {
            return;
        }
        for (int i = 0; i < partialHolders.length; i++) {
            if (lane.has(i)) {
                partialHolders[i] += (short) step;
            }
        }
    }

    /** Chooses and takes the next pieces for a source that has room for more; empty when there is nothing for it now. */
    Optional<Run> next(Lane lane, int maxPieces) {
        if (states.missing() == 0) {
            return Optional.empty();
        }
        boolean alone = partialLanes() == 0;
        int first = alone ? inOrder() : lane.isComplete() ? unspread(lane) : rarest(lane);
        if (first < 0) {
            return Optional.empty();
        }
        int holders = partialHolders[first];
        boolean mine = slices.isMine(first);
        Run run = take(
                lane,
                first,
                maxPieces,
                piece -> states.isMissing(piece)
                        && lane.has(piece)
                        && (alone || partialHolders[piece] == holders && slices.isMine(piece) == mine));
        if (alone || lane.isComplete()) {
            cursor = run.end() % states.count();
        }
        return Optional.of(run);
    }

    private Run take(Lane lane, int first, int maxPieces, IntPredicate fits) {
        int end = first + 1;
        while (end < states.count() && end - first < maxPieces && fits.test(end)) {
            end++;
        }
        Run run = new Run(lane, first, end - first);
        states.take(run);
        return run;
    }

    private int inOrder() {
        return states.nextInCircle(cursor, states::isMissing);
    }

    /** For a source that has everything: what no other downloader has, so that it need not send it twice. */
    private int unspread(Lane lane) {
        IntPredicate unspread = piece -> states.isMissing(piece) && partialHolders[piece] == 0;
        int first = states.nextInCircle(cursor, piece -> unspread.test(piece) && slices.isMine(piece));
        if (first >= 0) {
            return first;
        }
        boolean spare = isSparing();
        if (spare && partialLanesAreBusy()) {
            return -1;
        }
        first = states.nextInCircle(random.below(states.count()), unspread);
        return first >= 0 || spare ? first : rarest(lane);
    }

    /** Whether sources that have everything should be left to those who need what only they have. */
    private boolean isSparing() {
        int partial = partialLanes();
        if ((lanes.size() - partial - 1) * PARTIAL_PER_COMPLETE > partial) {
            return false;
        }
        double bytesPerSecond = 0;
        long outstanding = 0;
        for (Lane lane : lanes) {
            if (!lane.isComplete()) {
                bytesPerSecond += lane.bytesPerSecond();
                outstanding += lane.outstandingBytes();
            }
        }
        double left = (double) states.missing() * geometry.pieceBytes() + outstanding;
        return left < bytesPerSecond * SPARING_SECONDS;
    }

    private boolean partialLanesAreBusy() {
        for (Lane lane : lanes) {
            if (!lane.isComplete() && lane.outstandingBytes() > 0) {
                return true;
            }
        }
        return false;
    }

    int partialLanes() {
        int partial = 0;
        for (Lane lane : lanes) {
            partial += lane.isComplete() ? 0 : 1;
        }
        return partial;
    }

    /** Of the missing pieces that the source has, one of those that the fewest have; at random among equals. */
    private int rarest(Lane lane) {
        int best = -1;
        int fewest = Integer.MAX_VALUE;
        int equals = 0;
        for (int i = 0; i < states.count(); i++) {
            if (!states.isMissing(i) || !lane.has(i) || partialHolders[i] > fewest) {
                continue;
            }
            equals = partialHolders[i] < fewest ? 1 : equals + 1;
            fewest = partialHolders[i];
            if (equals == 1 || random.below(equals) == 0) {
                best = i;
            }
        }
        return best;
    }

    /**
     * For a source with nothing to do when all pieces are given out: takes over the end of the work of the one that would
     * finish last, if that helps. What the other sends of it nevertheless is thrown away.
     */
    Optional<Run> takeOver(Lane idle, int maxPieces) {
        Lane slowest = null;
        for (Lane lane : lanes) {
            if (lane != idle && (slowest == null || lane.secondsToDrain() > slowest.secondsToDrain())) {
                slowest = lane;
            }
        }
        if (slowest == null || !isWorthTakingOver(slowest, idle)) {
            return Optional.empty();
        }
        return lastTakenOf(slowest, idle, maxPieces);
    }

    private boolean isWorthTakingOver(Lane slow, Lane idle) {
        double pieceSeconds = idle.bytesPerSecond() <= 0 ? 0.5 : geometry.pieceBytes() / idle.bytesPerSecond();
        return slow.secondsToDrain() > Math.max(TAKE_OVER_MIN_SECONDS, TAKE_OVER_FACTOR * pieceSeconds);
    }

    /** About as many pieces as the two would finish in the same time, from the end of the slow source's work. */
    private Optional<Run> lastTakenOf(Lane slow, Lane idle, int maxPieces) {
        double share = slow.bytesPerSecond() <= 0
                ? 1
                : idle.bytesPerSecond() / (idle.bytesPerSecond() + slow.bytesPerSecond());
        var runs = slow.outstanding.descendingIterator();
        while (runs.hasNext()) {
            Run run = runs.next();
            int end = run.end();
            while (end > run.first() && !isTakeable(run, idle, end - 1)) {
                end--;
            }
            int first = end;
            int most = (int) Math.min(maxPieces, Math.max(1, Math.round(run.count() * share)));
            while (first > run.first() && end - first < most && isTakeable(run, idle, first - 1)) {
                first--;
            }
            if (first < end) {
                Run taken = new Run(idle, first, end - first);
                states.handOver(taken);
                return Optional.of(taken);
            }
        }
        return Optional.empty();
    }

    private boolean isTakeable(Run run, Lane idle, int piece) {
        return states.isTakenBy(run, piece) && idle.has(piece);
    }

    /** Whether everything that this source was asked for and still owes can be had from another one. */
    boolean isReplaceable(Lane lane) {
        for (int i = 0; i < states.count(); i++) {
            if (states.isTakenBy(lane, i) && !anotherHas(lane, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean anotherHas(Lane lane, int piece) {
        for (Lane other : lanes) {
            if (other != lane && other.has(piece)) {
                return true;
            }
        }
        return false;
    }
}
