package p101.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import p101.lobby.LobbyClient;
import p101.lobby.LobbyLine;
import p101.lobby.LobbyServer;
import p101.model.PeerName;
import p101.model.Shown;

/** How the commands find a lobby, and get a name there. */
final class LobbyAddress {
    static final String VARIABLE = "P101_LOBBY";
    static final String DEFAULT = "127.0.0.1:" + LobbyServer.DEFAULT_PORT;

    private static final int NAMES_TRIED = 9;

    private LobbyAddress() {}

    /**
     * A member of the lobby.
     *
     * @param alias what it was asked for; a lobby keeps it as it is
     */
    record Joined(LobbyClient client, String alias) {}

    /**
     * Connects and joins.
     *
     * @param alias the only alias that will do, or the first one to try
     * @param orNumbered whether {@code alias2}, {@code alias3} will do too
     */
    static Joined join(Option server, Arguments arguments, InetAddress bind, String alias, boolean orNumbered)
            throws CommandFailure {
        InetSocketAddress address =
                P2pciAddress.resolve(server.name(), arguments.text(server), LobbyServer.DEFAULT_PORT);
        LobbyClient client = null;
        try {
            client = LobbyClient.connect(address, bind);
            return new Joined(client, name(client, alias, orNumbered));
        } catch (IOException silent) {
            close(client);
            throw new CommandFailure(
                    ExitCode.INDEX_SILENT,
                    "the lobby at " + Failures.show(address) + " does not answer ("
                            + Shown.text(String.valueOf(silent.getMessage()))
                            + "): start one with p101 index --lobby, or check " + server.name(),
                    silent);
        } catch (CommandFailure refused) {
            close(client);
            throw refused;
        }
    }

    private static String name(LobbyClient client, String alias, boolean orNumbered)
            throws IOException, CommandFailure {
        String tried = alias;
        for (int number = 2; ; number++) {
            LobbyLine answer = client.join(tried);
            if (answer instanceof LobbyLine.Ok) {
                return tried;
            }
            LobbyLine.Error error = (LobbyLine.Error) answer;
            if (!orNumbered || !error.problem().equals("taken") || number > NAMES_TRIED) {
                throw new CommandFailure(ExitCode.REFUSED, "the lobby refused: " + error.reason());
            }
            tried = cut(alias, PeerName.MAX_BYTES - 1) + number;
        }
    }

    /** The beginning of a text that has at most so many bytes. */
    static String cut(String text, int bytes) {
        int end = text.length();
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytes) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    static void close(LobbyClient client) {
        if (client != null) {
            try {
                client.close();
            } catch (IOException gone) {
                // It is closed all the same.
            }
        }
    }
}
