package p101.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.index.IndexConfig;
import p101.index.IndexServer;
import p101.model.Clock;
import p101.model.Randomness;
import p101.registry.MemoryRegistry;
import p101.registry.RegistryLimits;

/** The six published tests of the course system, through pipes, against a real index and real peers on loopback. */
class CourseSessionTest {
    private static final String REGISTER = "What file do you want to register with the Index Server?";
    private static final String DEREGISTER = "What file do you want to de-register with the Index Server?";
    private static final String DOWNLOAD = "What file do you want to download?";
    private static final String COMPLETE = "List Download Complete";

    @TempDir
    Path folder;

    private IndexServer index;
    private final List<MenuUser> users = new ArrayList<>();

    @BeforeEach
    void startIndex() throws Exception {
        IndexConfig config = IndexConfig.DEFAULT.withPort(0).withBind(List.of(InetAddress.getLoopbackAddress()));
        MemoryRegistry registry =
                new MemoryRegistry(RegistryLimits.DEFAULT, 60, Clock.SYSTEM.unixSeconds(), Randomness.seeded(101));
        index = IndexServer.start(config, registry, Clock.SYSTEM, failure -> {});
    }

    @AfterEach
    void stop() throws Exception {
        for (MenuUser user : users) {
            user.close();
        }
        index.close();
    }

    private MenuUser user(String name, MenuEntry... furtherEntries) throws Exception {
        MenuUser user = new MenuUser(
                folder.resolve(name + users.size()), name, "127.0.0.1:" + index.port(), List.of(furtherEntries));
        users.add(user);
        return user;
    }

    private static List<String> typing(String... lines) {
        return List.of(lines);
    }

    /** The four users of test 2, each with a file registered. */
    private List<MenuUser> fourUsers() throws Exception {
        List<String> names = List.of("Leonardo", "Donatello", "Raphael", "Michaelangelo");
        List<MenuUser> four = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String file = "file" + (i + 1) + ".txt";
            MenuUser user = user(names.get(i)).has(file, "The file of " + names.get(i) + "\n");
            user.expect(typing("R", file), REGISTER, "Successfully Registered");
            four.add(user);
        }
        return four;
    }

    @Test
    void one_localFilesAndAnEmptyList() throws Exception {
        MenuUser leonardo = user("Leonardo").has("file1.txt", "one\n").has("other.txt", "two\n");
        leonardo.expect(typing("L"), "file1.txt", "other.txt");
        leonardo.expect(typing("o"), "List is Empty---Nothing to download");
    }

    @Test
    void two_fourUsersRegisterAndTheListIsInOrder() throws Exception {
        List<MenuUser> four = fourUsers();
        four.get(3)
                .expect(
                        typing("O", ""),
                        "User: Leonardo file: file1.txt",
                        "User: Donatello file: file2.txt",
                        "User: Raphael file: file3.txt",
                        "User: Michaelangelo file: file4.txt",
                        COMPLETE,
                        DOWNLOAD);
    }

    @Test
    void three_four_five_six_aTakenNameDownloadsDeregistrationAndQuitting() throws Exception {
        List<MenuUser> four = fourUsers();
        MenuUser second = user("Leonardo").has("file1.txt", "Another file of that name\n");
        second.expect(
                typing("R", "file1.txt", "Dante"),
                REGISTER,
                "File associated with another User --> Pick another user name",
                "Please enter preferred username:",
                "Successfully Registered");
        second.expect(typing("R", "file1.txt"), REGISTER, "Successfully Registered");
        for (int i = 2; i <= 4; i++) {
            String file = "file" + i + ".txt";
            assertThat(second.ask("O", file)).contains(DOWNLOAD + "\n" + file + ": downloaded and verified");
            assertThat(second.file(file)).hasSameBinaryContentAs(four.get(i - 1).file(file));
        }
        second.expect(
                typing("O", ""),
                "User: Leonardo file: file1.txt",
                "User: Donatello file: file2.txt",
                "User: Raphael file: file3.txt",
                "User: Michaelangelo file: file4.txt",
                "User: Dante file: file1.txt",
                "User: Dante file: file2.txt",
                "User: Dante file: file3.txt",
                "User: Dante file: file4.txt",
                COMPLETE,
                DOWNLOAD);
        for (String file : List.of("file2.txt", "file3.txt", "file4.txt", "file1.txt")) {
            second.expect(typing("T", file), DEREGISTER, "Successfully De-Registered");
        }
        second.expect(
                typing("T", "file1.txt"),
                DEREGISTER,
                "File doesn't exist or is not associated with this User",
                "--->NOTE only the Peer who registered the file can remove it from the Server");
        assertThat(second.ask("R", "file3.txt")).contains("Successfully Registered");
        assertThat(second.quit()).isEqualTo("Client Session Terminated\n");
        assertThat(four.get(0).endInput()).isEqualTo("Client Session Terminated\n");
        four.get(1)
                .expect(
                        typing("O", ""),
                        "User: Donatello file: file2.txt",
                        "User: Raphael file: file3.txt",
                        "User: Michaelangelo file: file4.txt",
                        COMPLETE,
                        DOWNLOAD);
    }

    @Test
    void filesRegisteredBeforeAChangeOfNameKeepTheirsAndCanBeTakenBack() throws Exception {
        user("Leonardo").has("b.txt", "b").expect(typing("R", "b.txt"), REGISTER, "Successfully Registered");
        MenuUser second = user("Leonardo").has("a.txt", "a").has("b.txt", "bb");
        second.expect(typing("R", "a.txt"), REGISTER, "Successfully Registered");
        assertThat(second.ask("R", "b.txt", "Dante")).contains("Successfully Registered");
        second.expect(typing("L"), "a.txt (registered by Leonardo)", "b.txt (registered by Dante)");
        second.expect(typing("T", "a.txt"), DEREGISTER, "Successfully De-Registered");
        second.expect(typing("O", ""), "User: Leonardo file: b.txt", "User: Dante file: b.txt", COMPLETE, DOWNLOAD);
    }

    @Test
    void whatDoesNotExistIsSaid() throws Exception {
        MenuUser leonardo = user("Leonardo").has("a.txt", "a");
        leonardo.expect(
                typing("R", "missing.txt"),
                REGISTER,
                "File Request does not exist: there is no local file missing.txt");
        leonardo.expect(typing("D", "missing.txt"), DOWNLOAD, "File Request does not exist");
        leonardo.expect(typing("R", "../a.txt"), REGISTER, "Not the name of a file: a name may not hold '/'");
        leonardo.expect(typing("x\u001b[2J"), "'x\\u{1b}[2J' is not in the list");
        leonardo.expect(typing(""));
    }

    @Test
    void searchAndDownloadByName() throws Exception {
        List<MenuUser> four = fourUsers();
        four.get(0)
                .expect(
                        typing("S", "file3"),
                        "What do you want to search for?",
                        "User: Raphael file: file3.txt (20 bytes)");
        four.get(0).expect(typing("s", "nothing like it"), "What do you want to search for?", "Nothing found");
        assertThat(four.get(0).ask("d", "file2.txt")).contains("file2.txt: downloaded and verified, 22 bytes from");
        assertThat(four.get(0).file("file2.txt")).hasContent("The file of Donatello\n");
    }

    @Test
    void furtherEntriesComeBeforeQuit() throws Exception {
        MenuEntry hello = new MenuEntry() {
            @Override
            public char letter() {
                return 'H';
            }

            @Override
            public String title() {
                return "Say hello";
            }

            @Override
            public void run(MenuSession session) throws EndOfInputException {
                session.say("Hello " + session.ask("Who are you?"));
            }
        };
        MenuUser user = user("Leonardo", hello);
        String menu = MenuUser.MENU.replace("[Q]", "[H] Say hello\n[Q]");
        assertThat(user.quitAfter("h", "Ann"))
                .isEqualTo(menu + "Who are you?\nHello Ann\n" + menu + "Client Session Terminated\n");
    }
}
