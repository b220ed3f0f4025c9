package p101.overlay;

import java.nio.charset.StandardCharsets;
import p101.model.Endpoint;
import p101.model.Shown;
import p101.room.Door;
import p101.room.Room;
import p101.room.RoomLimits;
import p101.room.Seat;
import p101.room.Sentence;

/**
 * The room, heard in the tree, and the tree, heard in the room. In the tree a sentence is {@code alice: hello}; in the room the
 * speaker of a message is the address that passed it to the root. Loop thread. spec/OVERLAY.md, section 9.
 */
final class RoomDoor implements Door, OverlayListener {
    private static final String NAME = "overlay";
    private static final int SENTENCE_BYTES = RoomLimits.DEFAULT.textBytes();

    private Seat seat;
    private OverlayRoot root;

    void open(Room room, OverlayRoot overlay) {
        root = overlay;
        seat = room.join(this);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void hear(Sentence sentence) {
        // A sentence has a speaker in each of its messages, however long it is.
        String speaker = sentence.speaker() + ": ";
        int room = OverlayLimits.TEXT_BYTES - speaker.getBytes(StandardCharsets.UTF_8).length;
        for (String part : TextParts.of(sentence.text(), room)) {
            root.say(speaker + part);
        }
    }

    @Override
    public void heard(Endpoint from, String text) {
        int said = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            for (String part : TextParts.of(Shown.text(line), SENTENCE_BYTES)) {
                if (said == OverlayLimits.SENTENCES) {
                    return;
                }
                seat.say(from.toString(), part);
                said++;
            }
        }
    }
}
