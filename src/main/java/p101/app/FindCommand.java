package p101.app;

import java.net.InetSocketAddress;
import java.text.Normalizer;
import java.util.List;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.PeerName;
import p101.model.Shown;
import p101.peer.Ending;
import p101.peer.FoundRow;
import p101.peer.OneShotIndex;
import p101.peer.PeerException;
import p101.peer.SearchHandler;
import p101.peer.SearchQuery;

/** {@code p101 find}: who has a file, the newest source first. */
final class FindCommand implements Command {
    static final Option FROM = Option.value("PEER", "only what this peer shares", "--from");
    static final Option ID =
            Option.value("ID", "only this content: 16 hex digits as ls shows them, or the 64 of a root", "--id");
    private static final Option PARTIAL = Option.flag("also peers that do not have all of it yet", "--partial");

    @Override
    public String name() {
        return "find";
    }

    @Override
    public String summary() {
        return "Show who has a file, the newest first: size, content id, address, peer, name.";
    }

    @Override
    public List<Option> options() {
        return List.of(CommonOptions.INDEX, CommonOptions.BIND, FROM, ID, PARTIAL, CommonOptions.JSON);
    }

    @Override
    public Operands operands() {
        return Operands.optional("NAME", "the whole name of the file; may be left out with --from or --id");
    }

    @Override
    public String notes() {
        return "With --json each line has: name (not with --id alone), peer, address, port, size, id, row, complete, fetch.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure {
        SearchQuery query = query(arguments);
        InetSocketAddress index = Addresses.index(arguments);
        boolean json = arguments.has(CommonOptions.JSON);
        Ending ending;
        try (OneShotIndex asked = OneShotIndex.open(index, Addresses.bind(arguments))) {
            ending = query.file().isNone() && !query.peer().isNone()
                    ? PeerFiles.ask(
                            asked,
                            query,
                            one -> search(asked, one, new Walk(console, one.file(), json, index)),
                            () -> slow(console, index))
                    : search(asked, query, new Walk(console, query.file(), json, index));
        } catch (PeerException failure) {
            throw Failures.of(failure);
        }
        if (!ending.isDone()) {
            String what = query.file().isNone()
                    ? "that"
                    : "'" + Shown.text(query.file().value()) + "'";
            throw Failures.of(ending, index, "nobody shares " + what + "; p101 ls lists what is shared");
        }
        return ExitCode.OK;
    }

    private static Ending search(OneShotIndex asked, SearchQuery query, Walk walk) throws PeerException {
        asked.search(query, walk);
        return walk.ending;
    }

    private static void slow(Console console, InetSocketAddress index) {
        console.messages().note("p101: " + Failures.slowIndex(index));
    }

    private static SearchQuery query(Arguments arguments) throws CommandFailure {
        FileName file = arguments.operands().isEmpty()
                ? FileName.NONE
                : fileName(arguments.operands().get(0));
        SearchQuery query = new SearchQuery(file, from(arguments), id(arguments), arguments.has(PARTIAL));
        if (file.isNone() && query.peer().isNone() && query.content().isNone()) {
            throw CommandFailure.usage("find: name a file, or a peer with --from, or a content with --id");
        }
        return query;
    }

    /** A name as the user typed it, in the form in which names travel. */
    static FileName fileName(String typed) throws CommandFailure {
        try {
            return FileName.of(Normalizer.normalize(typed, Normalizer.Form.NFC));
        } catch (InvalidNameException refused) {
            throw CommandFailure.usage(
                    "'" + Shown.text(typed) + "' is not the name of a shared file: " + refused.getMessage());
        }
    }

    static PeerName from(Arguments arguments) throws CommandFailure {
        String name = arguments.text(FROM);
        return name == null ? PeerName.NONE : Addresses.peerName(FROM, name);
    }

    /** The first eight bytes of what {@code --id} gives. */
    static ContentId id(Arguments arguments) throws CommandFailure {
        String text = arguments.text(ID);
        if (text == null) {
            return ContentId.NONE;
        }
        try {
            if (text.length() == 64) {
                return p101.model.Root.parse(text).contentId();
            }
            ContentId id = ContentId.parse(text);
            if (!id.isNone()) {
                return id;
            }
        } catch (IllegalArgumentException notHex) {
            // Said below.
        }
        throw arguments.bad(ID, "a content id: 16 hex digits, or the 64 of a root");
    }

    /** Prints each source as it comes. */
    private static final class Walk implements SearchHandler {
        private final Console console;
        private final FileName asked;
        private final boolean json;
        private final InetSocketAddress index;
        private Ending ending = Ending.CANCELLED;

        Walk(Console console, FileName asked, boolean json, InetSocketAddress index) {
            this.console = console;
            this.asked = asked;
            this.json = json;
            this.index = index;
        }

        @Override
        public boolean onFound(FoundRow row) {
            console.out().line(json ? IndexRows.json(row, asked).toString() : IndexRows.line(row, asked));
            return true;
        }

        @Override
        public void onSlow() {
            slow(console, index);
        }

        @Override
        public void onEnd(Ending how) {
            ending = how;
        }
    }
}
