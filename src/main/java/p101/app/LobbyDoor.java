package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ObjLongConsumer;
import p101.lobby.Journal;
import p101.lobby.LobbyCounters;
import p101.lobby.LobbyLimits;
import p101.lobby.LobbyLog;
import p101.lobby.LobbyServer;
import p101.lobby.LobbySetting;
import p101.lobby.Privileges;
import p101.model.Clock;
import p101.model.Randomness;
import p101.model.Shown;

/** The lobby of an index. */
final class LobbyDoor implements DoorKind {
    private static final String SECRET_VARIABLE = "P101_LOBBY_SECRET";

    private static final String NO_LOG = "none";
    private static final long MAX_SECRET_FILE_BYTES = 4_096;

    private static final Option LOBBY = Option.optionalValue(
            "PORT", "open a lobby to talk in, on this TCP port (default: 8080; 0 = a free one)", "--lobby");
    private static final Option LIMIT =
            Option.value("N", "most members of the lobby", "--lobby-limit").orElse("1000");
    private static final Option RESERVED = Option.value(
                    "N", "so many of these places are kept for privileged members", "--lobby-reserved")
            .orElse("0");
    private static final Option SECRET_FILE = Option.value(
            "FILE",
            "the secret of privileged members is the first line of this file; or set " + SECRET_VARIABLE,
            "--lobby-secret-file");
    private static final Option LOG = Option.value(
            "FILE",
            "log joins, leaves and what is said here, none = nowhere (default: lobby.log in the home)",
            "--lobby-log");

    @Override
    public Option option() {
        return LOBBY;
    }

    @Override
    public List<Option> moreOptions() {
        return List.of(LIMIT, RESERVED, SECRET_FILE, LOG);
    }

    @Override
    public String key() {
        return "lobby";
    }

    @Override
    public String label() {
        return "lobby";
    }

    @Override
    public int defaultPort() {
        return LobbyServer.DEFAULT_PORT;
    }

    @Override
    public OpenDoor open(DoorSetting setting) throws CommandFailure {
        Arguments arguments = setting.arguments();
        int members = (int) arguments.number(LIMIT, 1, 100_000);
        int reserved = (int) arguments.number(RESERVED, 0, members);
        Privileges privileges = privileges(arguments, setting.log());
        if (reserved > 0 && !privileges.exist()) {
            throw CommandFailure.usage(
                    RESERVED.name() + ": nobody could take the reserved places; give the secret with "
                            + SECRET_FILE.name() + " or " + SECRET_VARIABLE);
        }
        LobbyLimits limits = LobbyLimits.DEFAULT.withMembers(members).withReserved(reserved);
        LobbyLog log = log(arguments, setting);
        LobbySetting lobby = new LobbySetting(
                setting.registry(),
                setting.room(),
                limits,
                privileges,
                log == null ? Journal.NONE : log,
                setting.config().advertise(),
                Randomness.secure());
        return new Open(LobbyServer.open(setting.loop(), lobby), log);
    }

    private static LobbyLog log(Arguments arguments, DoorSetting setting) throws CommandFailure {
        String given = arguments.text(LOG);
        if (NO_LOG.equals(given)) {
            return null;
        }
        Path file = given == null ? setting.stateFolder().resolve("lobby.log") : Addresses.path(given);
        return LobbyLog.open(file, Clock.SYSTEM, setting.log()::warn);
    }

    private static Privileges privileges(Arguments arguments, EventLog log) throws CommandFailure {
        String file = arguments.text(SECRET_FILE);
        String secret = file == null ? arguments.variable(SECRET_VARIABLE) : secretIn(file, log);
        String place = file == null ? SECRET_VARIABLE : SECRET_FILE.name();
        try {
            return secret == null || secret.isEmpty() ? Privileges.none() : Privileges.of(secret);
        } catch (IllegalArgumentException unusable) {
            throw CommandFailure.usage(place + ": " + unusable.getMessage());
        }
    }

    private static String secretIn(String name, EventLog log) throws CommandFailure {
        Path file = Addresses.path(name);
        try {
            if (Files.size(file) > MAX_SECRET_FILE_BYTES) {
                throw CommandFailure.usage(SECRET_FILE.name() + ": " + Shown.text(name) + " is too large for a secret");
            }
            if (isOpenToOthers(file)) {
                log.warn("others on this machine may read the secret: chmod 600 " + Shown.text(name));
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            String secret = text.lines().findFirst().orElse("");
            if (secret.isEmpty()) {
                throw CommandFailure.usage(SECRET_FILE.name() + ": the first line of " + Shown.text(name)
                        + " is empty; write the secret there");
            }
            return secret;
        } catch (IOException unreadable) {
            throw CommandFailure.usage(SECRET_FILE.name() + ": " + Shown.text(name) + " cannot be read");
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream()
                    .anyMatch(permission -> permission.name().startsWith("OTHERS"));
        } catch (UnsupportedOperationException noSuchPermissions) {
            return false;
        }
    }

    private record Open(LobbyServer server, LobbyLog log) implements OpenDoor {
        @Override
        public InetSocketAddress listen(InetSocketAddress local) throws IOException {
            return server.listen(local);
        }

        @Override
        public void counters(ObjLongConsumer<String> sink) {
            LobbyCounters counters = server.counters();
            sink.accept("connections", counters.connections());
            sink.accept("joins", counters.joins());
            sink.accept("said", counters.said());
            sink.accept("unheard", counters.unheard());
            sink.accept("mistakes", counters.mistakes());
            sink.accept("wrong_secrets", counters.wrongSecrets());
            sink.accept("slow_readers", counters.slowReaders());
            sink.accept("silent", counters.silent());
            sink.accept("log_dropped", log == null ? 0 : log.dropped());
        }

        @Override
        public void leave() {
            server.close();
            if (log != null) {
                log.close();
            }
        }
    }
}
