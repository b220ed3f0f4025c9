package p101.registry;

import p101.model.PeerName;

/**
 * One owner that is there, with or without files, as it was at one moment.
 *
 * @param number grows with every new owner; where a walk goes on
 * @param peer the name it used last
 * @param owner who it is and where
 * @param heldRows how many rows it has
 */
public record Presence(long number, PeerName peer, OwnerId owner, int heldRows) {}
