package p101.registry;

import p101.model.PeerName;

/**
 * One owner that is there, with or without files, as it was at one moment.
 *
 * @param number grows with every new owner; where a walk goes on
 * @param peer the name it used last
 * @param owner who it is and where
 * @param heldRows how many rows it has
 * @param introduction what it said of itself; {@link Introduction#NONE} for most doors
 */
public record Presence(long number, PeerName peer, OwnerId owner, int heldRows, Introduction introduction) {
    /** Of a peer that said nothing of itself. */
    public Presence(long number, PeerName peer, OwnerId owner, int heldRows) {
        this(number, peer, owner, heldRows, Introduction.NONE);
    }
}
