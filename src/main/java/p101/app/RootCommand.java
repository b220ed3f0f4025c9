package p101.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import p101.library.HashedFile;
import p101.model.Shown;

/** {@code p101 root}: the pieces root of files, as a BitTorrent v2 tool computes it. */
final class RootCommand implements Command {
    @Override
    public String name() {
        return "root";
    }

    @Override
    public String summary() {
        return "Print the pieces root of files (BitTorrent v2, BEP 52).";
    }

    @Override
    public List<Option> options() {
        return List.of(CommonOptions.JSON);
    }

    @Override
    public Operands operands() {
        return Operands.some("FILE", "files to hash");
    }

    @Override
    public String notes() {
        return "The content id of ls and find is the first 16 digits. With --json each line has: path, size, "
                + "id, root.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure {
        int exitCode = ExitCode.OK;
        for (String operand : arguments.operands()) {
            try {
                print(console, operand, hash(operand, console), arguments.has(CommonOptions.JSON));
            } catch (IOException unreadable) {
                console.messages().error(reason(operand, unreadable));
                console.messages().trace(unreadable);
                exitCode = unreadable instanceof NoSuchFileException ? ExitCode.NOT_FOUND : ExitCode.DISK;
            }
        }
        return exitCode;
    }

    private static HashedFile hash(String operand, Console console) throws IOException, CommandFailure {
        Path file = Addresses.path(operand);
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder; name the files in it");
        }
        long size = Math.max(1, Files.size(file));
        ProgressText progress = new ProgressText(console.messages(), operand);
        HashedFile hashed = HashedFile.of(file, bytes -> progress.show(bytes, size));
        console.messages().endProgress();
        return hashed;
    }

    private static void print(Console console, String operand, HashedFile hashed, boolean json) {
        if (json) {
            console.out()
                    .line(new JsonLine()
                            .add("path", operand)
                            .add("size", hashed.content().size())
                            .add("id", hashed.content().id().toString())
                            .add("root", hashed.content().root().toString())
                            .toString());
        } else {
            console.out().line(hashed.content().root() + "  " + Shown.text(operand));
        }
        console.out().flush();
    }

    private static String reason(String operand, IOException unreadable) {
        String shown = Shown.text(operand);
        if (unreadable instanceof NoSuchFileException) {
            return shown + ": there is no such file";
        }
        if (unreadable instanceof java.nio.file.AccessDeniedException) {
            return shown + ": you may not read it";
        }
        return shown + ": " + Shown.text(String.valueOf(unreadable.getMessage()));
    }
}
