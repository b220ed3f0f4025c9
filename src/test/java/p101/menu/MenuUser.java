package p101.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import p101.model.PeerName;
import p101.peer.HomeFolders;
import p101.peer.IndexAddress;
import p101.peer.Peer;
import p101.peer.PeerConfig;

/** A user at a menu that reads from a pipe: types lines and sees what is printed. */
final class MenuUser implements AutoCloseable {
    static final String MENU = String.join(
            "\n",
            "Please choose from the list below:",
            "[O] Get online list",
            "[L] List local files",
            "[R] Register a file",
            "[T] De-register a file",
            "[S] Search by a part of the name",
            "[D] Download a file by name",
            "[Q] Quit the program",
            "");

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path files;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final Peer peer;
    private final Thread thread;
    private int seen;
    private boolean menuIsThere;

    /** Starts a peer and its menu, and waits for the first menu. */
    MenuUser(Path folder, String name, String index, List<MenuEntry> furtherEntries) throws Exception {
        files = Files.createDirectories(folder.resolve("files"));
        Notices notices = new Notices();
        PeerConfig config = new PeerConfig(
                IndexAddress.resolve(index),
                PeerName.of(name),
                java.net.InetAddress.getLoopbackAddress(),
                0,
                HomeFolders.in(folder.resolve("home")),
                files,
                List.of());
        peer = Peer.open(config, notices);
        PipeScreen screen = new PipeScreen(new PipedInputStream(keyboard), printed);
        Menu menu = new Menu(screen, new RunningPeer(peer, files), notices, furtherEntries);
        thread = new Thread(menu, "menu-of-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A file in this user's folder. */
    MenuUser has(String file, String content) throws IOException {
        Files.writeString(files.resolve(file), content);
        return this;
    }

    Path file(String name) {
        return files.resolve(name);
    }

    /** Types these lines; what follows must then be exactly this, and the menu again. */
    void expect(List<String> typed, String... lines) throws Exception {
        awaitMenu();
        type(typed);
        String expected = lines.length == 0 ? "" : String.join("\n", lines) + "\n";
        assertThat(awaitMenu()).isEqualTo(expected + MENU);
    }

    /** Types these lines and gives all that is printed up to the next menu. */
    String ask(String... typed) throws Exception {
        awaitMenu();
        type(List.of(typed));
        return awaitMenu();
    }

    /** Waits until the whole menu was printed; gives what came since the last one. Once for each turn. */
    private String awaitMenu() throws Exception {
        if (menuIsThere) {
            return "";
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE_NANOS) {
            String since = all().substring(seen);
            if (since.endsWith(MENU)) {
                seen += since.length();
                menuIsThere = true;
                return since;
            }
            thread.join(5);
        }
        throw new AssertionError("no menu came, but: " + all().substring(seen));
    }

    private void type(List<String> lines) throws IOException {
        menuIsThere = false;
        keyboard.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** Types these lines and Q without waiting for anything; gives all that is printed. */
    String quitAfter(String... lines) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of(lines));
        all.add("Q");
        type(all);
        return awaitEnd();
    }

    /** Types Q and gives what is printed until the menu's thread has ended. */
    String quit() throws Exception {
        awaitMenu();
        type(List.of("Q"));
        return awaitEnd();
    }

    /** Ends the input, as the end of a pipe does. */
    String endInput() throws Exception {
        awaitMenu();
        keyboard.close();
        return awaitEnd();
    }

    private String awaitEnd() throws InterruptedException {
        thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        assertThat(thread.isAlive()).isFalse();
        return all().substring(seen);
    }

    private String all() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        keyboard.close();
        peer.close();
    }
}
