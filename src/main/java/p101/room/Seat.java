package p101.room;

import java.util.List;

/** A door's place in the room. The room's thread. */
public final class Seat {
    private final Room room;
    private final Door door;
    private boolean left;

    Seat(Room room, Door door) {
        this.room = room;
        this.door = door;
    }

    /**
     * Says something to everybody behind the other doors; the people behind this one are the door's own business.
     *
     * @param speaker who says it, as the others are to see it
     * @throws IllegalStateException when called while a sentence is handed round
     */
    public Said say(String speaker, String text) {
        return left ? Said.LEFT : room.say(this, speaker, text);
    }

    /** The last sentences of the room, oldest first, those of this door too. */
    public List<Sentence> recent() {
        return room.recent();
    }

    /** Closes the door: nothing more is heard or said through it. May be called again, and while a sentence is handed round. */
    public void leave() {
        if (!left) {
            left = true;
            room.leave(this);
        }
    }

    boolean hasLeft() {
        return left;
    }

    Door door() {
        return door;
    }
}
