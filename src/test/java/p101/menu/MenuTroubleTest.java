package p101.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import p101.library.HashProgress;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.pdu.RowFlags;
import p101.peer.Ending;
import p101.peer.ListedRow;
import p101.peer.Verdict;

/** What the menu says when an index refuses or does not answer. */
class MenuTroubleTest {
    private final FakePeer peer = new FakePeer();
    private final Notices notices = new Notices();

    private String play(String typed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PipeScreen screen = new PipeScreen(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), out);
        new Menu(screen, peer, notices, List.of()).run();
        return out.toString(StandardCharsets.UTF_8).replace(MenuUser.MENU, "");
    }

    @Test
    void aSilentIndexIsToldForEveryEntry() {
        peer.ending = new Ending(Verdict.SILENT, "");
        String said = play("O\nR\na\nT\na\nS\na\n");
        assertThat(said.lines().filter(line -> line.startsWith("The Index Server does not answer")))
                .hasSize(4);
        assertThat(said).doesNotContain("Successfully").endsWith("Client Session Terminated\n");
    }

    /** The index knows nothing of a large file before it is hashed. */
    @Test
    void whileAFileIsHashedTheIndexIsNotBlamed() {
        CompletableFuture<Ending> registered = new CompletableFuture<>();
        notices.onHashing(new HashProgress(0, 1, 1_200, 3_000));
        Menu menu = new Menu(
                new PipeScreen(typing("R\nbig\n"), new UntilSaid("hashed", registered)),
                slow(registered),
                notices,
                List.of());
        menu.run();
        assertThat(said())
                .contains("The file is being hashed, 40% of 3000 bytes so far")
                .contains("Successfully")
                .doesNotContain("has not answered");
    }

    @Test
    void whenNothingIsHashedItIsTheIndexThatIsSlow() {
        CompletableFuture<Ending> registered = new CompletableFuture<>();
        notices.onHashing(new HashProgress(0, 1, 1_200, 3_000));
        notices.onHashing(new HashProgress(1, 1, 3_000, 3_000));
        new Menu(
                        new PipeScreen(typing("R\nbig\n"), new UntilSaid("has not answered yet", registered)),
                        slow(registered),
                        notices,
                        List.of())
                .run();
        assertThat(said()).contains("has not answered yet").doesNotContain("hashed");
    }

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private String said() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private static FakePeer slow(CompletableFuture<Ending> registered) {
        return new FakePeer() {
            @Override
            public CompletableFuture<Ending> registerFile(FileName file) {
                return registered;
            }
        };
    }

    /** Lets the registration end as soon as these words, or those of a slow index, are shown. */
    private final class UntilSaid extends OutputStream {
        private final String words;
        private final CompletableFuture<Ending> registered;

        UntilSaid(String words, CompletableFuture<Ending> registered) {
            this.words = words;
            this.registered = registered;
        }

        @Override
        public void write(int b) {
            shown.write(b);
            if (said().contains(words) || said().contains("has not answered")) {
                registered.complete(Ending.DONE);
            }
        }
    }

    /** As in {@code p101 peer | head -3}: it ends as by Q, wherever it was. */
    @Test
    void whenNobodyReadsTheMenuQuits() {
        for (int lines = 0; lines < 40; lines++) {
            FakePeer left = new FakePeer();
            new Menu(new PipeScreen(typing("O\n\nL\nS\na\nQ\n"), new Head(lines)), left, new Notices(), List.of())
                    .run();
            assertThat(left.hasQuit).as("after %d lines", lines).isTrue();
        }
    }

    private static ByteArrayInputStream typing(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes so many lines. */
    private static final class Head extends OutputStream {
        private int left;

        Head(int lines) {
            left = lines;
        }

        @Override
        public void write(int b) throws IOException {
            if (left == 0) {
                throw new IOException("Broken pipe");
            }
            left -= b == '\n' ? 1 : 0;
        }
    }

    @Test
    void aRefusalShowsItsTextSafely() {
        peer.ending = Ending.of(Verdict.LIMIT, "too many\u001b[2J");
        assertThat(play("R\na\n")).contains("Not done: too many\\u{1b}[2J");
    }

    @Test
    void whatAnIndexSentBesideMalformedEntriesIsShown() {
        peer.ending = new Ending(Verdict.MALFORMED, "the index sent 1 malformed entry, which is left out");
        assertThat(play("O\n")).contains("NOTE the index sent 1 malformed").doesNotContain("List is Empty", "Complete");
        peer.rows.add(new ListedRow(1, 0, 5, new ContentId(7), PeerName.of("ann"), FileName.of("a.txt")));
        assertThat(play("O\n\nS\na\n")).containsSubsequence("NOTE the index", "a.txt", "NOTE the index", "a.txt");
    }

    @Test
    void whoReceivesIsNotListedAsAFile() {
        peer.rows.add(new ListedRow(
                1, RowFlags.NOT_FETCHABLE, 0, ContentId.NONE, PeerName.of("bob"), FileName.of("p101-receive")));
        assertThat(play("O\n")).contains("List is Empty").doesNotContain("bob");
        peer.rows.add(new ListedRow(2, 0, 5, new ContentId(7), PeerName.of("ann"), FileName.of("p101-receive")));
        assertThat(play("O\n\n")).contains("User: ann file: p101-receive").doesNotContain("bob");
    }

    @Test
    void aTakenNameIsAskedForAgain() {
        peer.ending = new Ending(Verdict.CONFLICT, "");
        assertThat(play("R\na\n\nDante\n"))
                .contains("File associated with another User --> Pick another user name\n"
                        + "Please enter preferred username:\n"
                        + "Not a user name: a peer name may not be empty\n"
                        + "Please enter preferred username:\n"
                        + "Successfully Registered\n");
    }

    @Test
    void theInputMayEndAnywhere() {
        for (String typed : List.of("", "O", "R\n", "R\na", "T\n", "D\n", "S\n", "x\n")) {
            assertThat(play(typed)).as(typed).endsWith("Client Session Terminated\n");
        }
        peer.ending = new Ending(Verdict.CONFLICT, "");
        assertThat(play("R\na\n")).endsWith("Please enter preferred username:\nClient Session Terminated\n");
    }

    @Test
    void whatHappensByItselfIsSaidBeforeTheNextMenu() {
        notices.onIndexBack();
        notices.onIndexSilent();
        notices.onIndexBack();
        assertThat(play("")).startsWith("""
                NOTE the Index Server does not answer; this peer goes on trying
                NOTE the Index Server answers again
                """);
    }
}
