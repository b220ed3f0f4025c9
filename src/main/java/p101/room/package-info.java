/**
 * One conversation that every door of an index shares: what is said through one of them is heard through all others, once.
 *
 * <p>A {@link p101.room.Door} takes a {@link p101.room.Seat}, speaks through it, and is told what the others say. A door never
 * hears its own sentences, and nothing can be said while a sentence is handed round, so no sentence can come back and no two
 * doors can keep each other talking. Everything runs on one thread, the loop of the doors; what is kept is bounded by
 * {@link p101.room.RoomLimits}.
 */
package p101.room;
