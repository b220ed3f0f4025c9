package p101.registry;

import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/** What a registry can be asked. Every {@code tx} is an unsigned 32-bit number in an {@code int}. spec/PDU.md, section 7. */
public sealed interface Command {
    /**
     * Adds a row, renews it, or moves it here from another place of the same key. The owner is created when it is new, and its
     * lease begins anew. Outcome: {@link Outcome.Accepted} or {@link Outcome.Refused}.
     *
     * @param peer not {@link PeerName#NONE}
     * @param file a name that fits a PDU (others travel under a label), not {@link FileName#NONE}
     * @param content {@link ContentId#NONE} = unknown
     * @param flags see {@link Registration}
     * @param extras {@link Extras#NONE} for the PDU protocol
     */
    record Register(
            OwnerId owner, int tx, PeerName peer, FileName file, ContentId content, long size, int flags, Extras extras)
            implements Command {
        /**
         * @throws IllegalArgumentException when a name is missing, or too long for the PDUs that will carry it
         */
        public Register {
            if (peer.isNone() || file.isNone() || !file.fitsPdu()) {
                throw new IllegalArgumentException("a row has a peer name, and a file name that fits a PDU");
            }
        }
    }

    /**
     * The owner is there (its presence), with or without rows; its lease begins anew. Outcome: {@link Outcome.Accepted} or
     * {@link Outcome.Refused}.
     *
     * @param introduction what it says of itself; replaces what it said before
     */
    record Refresh(OwnerId owner, int tx, PeerName peer, Introduction introduction) implements Command {
        /** Of a peer that says nothing of itself. */
        public Refresh(OwnerId owner, int tx, PeerName peer) {
            this(owner, tx, peer, Introduction.NONE);
        }
    }

    /** Removes one row. Outcome: {@link Outcome.Accepted}, also when there is no such row, or {@link Outcome.Refused}. */
    record Remove(OwnerId owner, int tx, PeerName peer, FileName file) implements Command {}

    /**
     * Removes the owner's rows with a smaller tx, and the owner itself when no row is left and its presence is older too.
     * Outcome: {@link Outcome.Accepted} or {@link Outcome.Refused}.
     */
    record RemoveAll(OwnerId owner, int tx) implements Command {}

    /**
     * The connection that the owner stands for is closed: everything of it goes, and nothing is kept, because nothing of a
     * closed connection can arrive late. Outcome: {@link Outcome.Accepted}.
     */
    record Leave(OwnerId owner) implements Command {}

    /**
     * The newest source that fits. Outcome: {@link Outcome.Found}, {@link Outcome.NotFound} or {@link Outcome.Refused}.
     *
     * @param content {@link ContentId#NONE} = any
     * @param peer {@link PeerName#NONE} = any
     * @param file {@link FileName#NONE} = any
     * @param partialToo whether partial sources count like complete ones
     * @param beforeId only rows with a smaller id; 0 = start at the newest
     */
    record Search(ContentId content, PeerName peer, FileName file, boolean partialToo, long beforeId)
            implements Command {}

    /**
     * The rows after an id, by id upwards. Outcome: {@link Outcome.Listed}.
     *
     * @param afterId only rows with a greater id; 0 = from the beginning
     * @param limit most rows wanted, 1 or more
     * @param filter a part of the file name; "" = all
     */
    record Walk(long afterId, int limit, String filter) implements Command {}

    /**
     * All rows of one file name, those that cannot be fetched included, by id downwards. Outcome: {@link Outcome.Listed}.
     *
     * @param beforeId only rows with a smaller id; 0 = start at the newest
     * @param limit most rows wanted, 1 or more
     */
    record Holders(FileName file, long beforeId, int limit) implements Command {}

    /**
     * The owners that are there, by number upwards. Outcome: {@link Outcome.Present}.
     *
     * @param afterNumber only owners with a greater number; 0 = from the beginning
     * @param limit most owners wanted, 1 or more
     */
    record Peers(long afterNumber, int limit) implements Command {}

    /**
     * The owners that used this peer name last, by number upwards: the one that is there longest comes first. Outcome: {@link
     * Outcome.Present}.
     *
     * @param peer not {@link PeerName#NONE}
     * @param limit most owners wanted, 1 or more
     */
    record Named(PeerName peer, int limit) implements Command {}

    /** How much there is. Outcome: {@link Outcome.Totals}. */
    record Count() implements Command {}
}
