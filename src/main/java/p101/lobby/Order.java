package p101.lobby;

import java.util.List;
import p101.model.FileName;
import p101.model.PeerName;

/** A line of a member, understood. spec/LOBBY.md, section 3. */
sealed interface Order {
    /** Joins with all that it names, or replaces all of it. */
    record Register(PeerName alias, int port, List<FileName> files) implements Order {}

    /** Joins without port and files, or changes the alias alone. */
    record SetNick(PeerName alias) implements Order {}

    record SetSharedFiles(List<FileName> files) implements Order {}

    record ShowAll() implements Order {}

    /**
     * @param text a part of a file name, or a whole alias; "" = everything
     */
    record Query(String text) implements Order {}

    record Fetch(FileName file) implements Order {}

    record Who() implements Order {}

    record Help() implements Order {}

    record Exit() implements Order {}

    /** The secret is never shown; a record would do so in its text. */
    final class Pro implements Order {
        private final String secret;

        Pro(String secret) {
            this.secret = secret;
        }

        String secret() {
            return secret;
        }
    }

    record Kick(PeerName alias) implements Order {}

    /** The client answers pings. */
    record Keepalive() implements Order {}

    record Pong() implements Order {}

    record Ping() implements Order {}

    /**
     * @param text safe to print, not empty
     */
    record Say(String text) implements Order {}

    /** An empty line. */
    record Nothing() implements Order {}

    /**
     * @param text what is wrong and what to do, safe to print
     */
    record Wrong(Problem problem, String text) implements Order {}
}
