package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import p101.fetch.Destination;
import p101.fetch.DownloadRequest;
import p101.fetch.Wanted;
import p101.library.ExistingFilePolicy;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.model.Root;
import p101.model.Shown;
import p101.peer.GetConfig;

/** What {@code get} was asked, as the downloader takes it. */
final class GetOptions {
    static final Option OUTPUT = Option.value(
            "FILE|FOLDER|-",
            "where to: a file, a folder (made if it ends in /), - = standard output",
            "-o",
            "--output");
    static final Option FROM = Option.value("PEER", "fetch from this peer alone", "--from");
    static final Option EXISTING = Option.value(
                    "WHAT",
                    "if the name is taken: skip (fine when it is the same content, else keep it and fail),"
                            + " keep (always fail), rename, overwrite",
                    "--existing")
            .oneOf("skip", "keep", "rename", "overwrite")
            .orElse("skip");
    static final Option KEEP_SHARING = Option.optionalValue(
            "TIME", "go on sharing what came: for TIME (90s, 15m, 2h), else until interrupted", "--keep-sharing");
    static final Option NO_SHARING =
            Option.flag("share nothing, not even the parts that are here while it runs", "--no-sharing");
    static final Option QUIET = Option.flag("say nothing but errors", "-q", "--quiet");

    private static final String STANDARD_OUTPUT = "-";

    /** Of a name that was made up: room for a dash and four digits. */
    private static final int USER_BYTES = PeerName.MAX_BYTES - 5;

    private final Arguments arguments;
    private final Console console;
    private Path spillFolder;
    private Destination destination;

    GetOptions(Arguments arguments, Console console) {
        this.arguments = arguments;
        this.console = console;
    }

    boolean toStandardOutput() {
        return STANDARD_OUTPUT.equals(arguments.text(OUTPUT));
    }

    GetConfig config(InetSocketAddress index) throws CommandFailure {
        PeerName name = arguments.has(NO_SHARING) ? PeerName.NONE : sharingName();
        return new GetConfig(
                index, Addresses.bind(arguments), Addresses.port(arguments), name, arguments.has(KEEP_SHARING));
    }

    /** Without {@code --name} a name that nobody else has: several commands of one user may run at once. */
    private PeerName sharingName() throws CommandFailure {
        if (arguments.text(CommonOptions.NAME) != null) {
            return PeerOptions.name(arguments);
        }
        String digits = HexFormat.of().toHexDigits((short) Randomness.secure().nextInt());
        return PeerName.of(PeerOptions.userName(USER_BYTES) + "-" + digits);
    }

    /** Nanoseconds of sharing after the downloads; 0 = none. */
    long keepSharingNanos() throws CommandFailure {
        if (!arguments.has(KEEP_SHARING)) {
            return 0;
        }
        String text = arguments.text(KEEP_SHARING);
        if (text == null || text.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long nanos = Durations.parseNanos(text);
        if (nanos < 0) {
            throw arguments.bad(KEEP_SHARING, "a time such as 90s, 15m or 2h");
        }
        return nanos;
    }

    DownloadRequest request(FileName file) throws CommandFailure {
        String peer = arguments.text(FROM);
        Wanted wanted = new Wanted(
                file, peer == null ? PeerName.NONE : Addresses.peerName(FROM, peer), FindCommand.id(arguments), false);
        if (destination == null) {
            destination = destination();
        }
        DownloadRequest request = DownloadRequest.of(wanted, destination);
        String id = arguments.text(FindCommand.ID);
        if (id != null && id.length() == 2 * Root.BYTES) {
            request = request.withRoot(Root.parse(id));
        }
        return peer == null ? request : request.fromThatPeerOnly();
    }

    private Destination destination() throws CommandFailure {
        String output = arguments.text(OUTPUT);
        try {
            if (output == null) {
                return new Destination.InFolder(PeerOptions.folder(arguments), policy(arguments));
            }
            if (output.equals(STANDARD_OUTPUT)) {
                return new Destination.ToStream(console.out().stream(), spillFolder());
            }
            return at(output);
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.DISK,
                    "-o " + Shown.text(output) + ": " + Shown.text(String.valueOf(refused.getMessage())),
                    refused);
        }
    }

    /** A folder of this command's own, on the disk of the home: another one may be piping the same file. */
    private Path spillFolder() throws IOException, CommandFailure {
        if (spillFolder == null) {
            Path cache = Files.createDirectories(Addresses.home(arguments).cache());
            spillFolder = Files.createTempDirectory(cache, "pipe");
        }
        return spillFolder;
    }

    /** Takes the temporary folder away, if there was one. */
    void clean() {
        if (spillFolder != null) {
            Folders.delete(spillFolder);
        }
    }

    private Destination at(String output) throws IOException, CommandFailure {
        Path path = Addresses.path(output).toAbsolutePath();
        if (output.endsWith("/") || output.endsWith(java.io.File.separator)) {
            return new Destination.InFolder(Files.createDirectories(path), policy(arguments));
        }
        if (Files.isDirectory(path)) {
            return new Destination.InFolder(path, policy(arguments));
        }
        if (arguments.operands().size() > 1) {
            throw CommandFailure.usage("get: -o " + Shown.text(output)
                    + " is not a folder, and several files cannot have one name; end it with / to make a folder");
        }
        if (!Files.isDirectory(path.getParent())) {
            throw new CommandFailure(
                    ExitCode.DISK, "-o " + Shown.text(output) + ": there is no such folder; make it first");
        }
        return new Destination.AtPath(path, policy(arguments));
    }

    static ExistingFilePolicy policy(Arguments arguments) throws CommandFailure {
        return switch (arguments.text(EXISTING)) {
            case "skip" -> ExistingFilePolicy.SKIP_IDENTICAL;
            case "keep" -> ExistingFilePolicy.KEEP;
            case "rename" -> ExistingFilePolicy.RENAME;
            case "overwrite" -> ExistingFilePolicy.OVERWRITE;
            default -> throw arguments.bad(EXISTING, "skip, keep, rename or overwrite");
        };
    }

    static List<Option> all() {
        return List.of(
                CommonOptions.INDEX,
                OUTPUT,
                CommonOptions.DIR,
                FROM,
                FindCommand.ID,
                EXISTING,
                KEEP_SHARING,
                NO_SHARING,
                CommonOptions.NAME,
                CommonOptions.PORT,
                CommonOptions.BIND,
                CommonOptions.HOME,
                QUIET,
                CommonOptions.JSON);
    }
}
