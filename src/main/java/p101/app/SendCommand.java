package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import p101.direct.DirectLimits;
import p101.model.Shown;

/** {@code p101 send}: a text or a file straight to a peer who receives. */
final class SendCommand implements Command {
    /** A dot that something stands before, and 1 to 5 letters or digits at the end. */
    private static final Pattern EXTENSION = Pattern.compile("[^.][.][\\p{L}\\p{N}]{1,5}$");

    static final Option TO = Option.value("PEER", "who is to get it: a peer who receives, or HOST:PORT", "--to");
    private static final Option FILE = Option.value("FILE", "send this file", "--file");
    private static final Option TEXT = Option.flag("send the words, even if they name a file", "--text");
    static final Option PUBLISHED =
            Option.flag("speak as published programs do: plain text, or a picture pixel by pixel; slow", "--published");
    private static final Option WAIT =
            Option.value("TIME", "try to deliver a text for so long", "--wait").orElse("30s");

    @Override
    public String name() {
        return "send";
    }

    @Override
    public String summary() {
        return "Send a text or a file straight to a peer who runs receive.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                TO,
                FILE,
                TEXT,
                PUBLISHED,
                WAIT,
                CommonOptions.NAME,
                CommonOptions.INDEX,
                CommonOptions.BIND,
                CommonOptions.HOME,
                CommonOptions.JSON);
    }

    @Override
    public Operands operands() {
        return Operands.any("TEXT|FILE", "the words of a text, - for standard input, or one file");
    }

    @Override
    public String notes() {
        return "A single operand that is the path of an ordinary file is sent as a file, and a note says so; --text "
                + "sends the words all the same, --file leaves no doubt. A folder, and a word that looks like a path (with "
                + "a slash, or an extension as in a.txt) where no file is, are refused without --text. A text is sent again every 2 s until the "
                + "receiver acknowledges it, and shown once. A file is verified by the receiver; when the transfer is "
                + "broken off, the same command goes on where it stopped; the hashes of a large file are kept in --home, so it is not "
                + "hashed again. Exit code 3: nobody of this name receives, or no such file; "
                + "5: refused; 6: not delivered. With --json a line has: to, address, port, kind, name, size, "
                + "delivered, sent, milliseconds.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        if (arguments.text(TO) == null) {
            throw CommandFailure.usage("send: say who is to get it: p101 send --to PEER TEXT");
        }
        Path file = file(arguments, console);
        String text = file == null ? text(arguments, console) : null;
        InetSocketAddress to = SendTarget.resolve(arguments, console.messages());
        try {
            return file == null
                    ? new TextSending(arguments, console, to).send(text, patience(arguments))
                    : new FileSending(arguments, console, to).send(file);
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "no way to send to " + Failures.show(to) + " (" + Shown.text(String.valueOf(refused.getMessage()))
                            + "): check --to and --bind",
                    refused);
        }
    }

    private static long patience(Arguments arguments) throws CommandFailure {
        long nanos = Durations.parseNanos(arguments.text(WAIT));
        if (nanos < 0) {
            throw arguments.bad(WAIT, "a time such as 30s or 5m");
        }
        return nanos;
    }

    /** The file that is meant; null = a text is. */
    private static Path file(Arguments arguments, Console console) throws CommandFailure {
        List<String> words = arguments.operands();
        String named = arguments.text(FILE);
        if (named != null) {
            if (!words.isEmpty() || arguments.has(TEXT)) {
                throw CommandFailure.usage("send: give --file or a text, not both");
            }
            return Addresses.path(named);
        }
        if (words.size() != 1 || arguments.has(TEXT) || words.get(0).equals("-")) {
            return null;
        }
        return fileNamedBy(words.get(0), console);
    }

    /** The file of a single word; null when it is a text. A path that is mistyped must not go out as words that look delivered. */
    private static Path fileNamedBy(String word, Console console) throws CommandFailure {
        String shown = Shown.text(word);
        Path path = null;
        try {
            path = Path.of(word);
        } catch (InvalidPathException noPath) {
            // Then it can only be a text, or a path that is mistyped.
        }
        if (path != null && Files.isRegularFile(path)) {
            console.messages().note("p101: sending the file " + shown + " (--text sends words)");
            return path;
        }
        if (path != null && !word.isEmpty() && Files.isDirectory(path)) {
            throw CommandFailure.usage(
                    "send: " + shown + " is a folder; name one file in it, or use --text to send the word");
        }
        if (looksLikePath(word)) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    path != null && Files.exists(path)
                            ? shown + " is no ordinary file; to send these words as a text, use --text"
                            : "there is no file " + shown + "; to send these words as a text, use --text");
        }
        return null;
    }

    /** Whether somebody who wrote this meant a file: it has a separator or an extension. A web address is a text. */
    static boolean looksLikePath(String word) {
        boolean separated = word.indexOf('/') >= 0 || word.indexOf('\\') >= 0;
        boolean extended = EXTENSION.matcher(word).find();
        boolean blank = word.chars().anyMatch(Character::isWhitespace);
        return !word.contains("://") && (blank ? separated && extended : separated || extended);
    }

    private static String text(Arguments arguments, Console console) throws CommandFailure, IOException {
        List<String> words = arguments.operands();
        if (words.isEmpty()) {
            throw CommandFailure.usage("send: give a text, - for standard input, or --file FILE");
        }
        String text = words.equals(List.of("-"))
                ? new String(console.in().readNBytes(DirectLimits.MAX_TEXT_BYTES + 1), StandardCharsets.UTF_8)
                : String.join(" ", words);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > DirectLimits.MAX_TEXT_BYTES) {
            throw CommandFailure.usage("send: a text has 1 to " + DirectLimits.MAX_TEXT_BYTES
                    + " bytes; send something longer as a file, with --file");
        }
        return text;
    }
}
