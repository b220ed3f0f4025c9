package p101.p2pci;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a reply says, all of it. */
final class Replies {
    private Replies() {}

    static void collect(Reply reply, long nowNanos, StringBuilder into) {
        if (reply instanceof Reply.Whole whole) {
            into.append(text(whole.bytes()));
        } else if (reply instanceof Reply.Streamed streamed) {
            collect(streamed.rows(), nowNanos, into);
        }
    }

    private static void collect(RowStream rows, long nowNanos, StringBuilder into) {
        rows.next(nowNanos, part -> {
            into.append(text(part.bytes()));
            if (!part.last()) {
                collect(rows, nowNanos, into);
            }
        });
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
