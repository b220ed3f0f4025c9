package p101.app;

import java.net.InetSocketAddress;
import java.util.List;
import p101.model.FileName;
import p101.model.Shown;
import p101.peer.Ending;
import p101.peer.ListHandler;
import p101.peer.ListedRow;
import p101.peer.OneShotIndex;
import p101.peer.PeerException;

/** {@code p101 ls}: what the index knows, in the order in which it was registered. */
final class ListCommand implements Command {
    @Override
    public String name() {
        return "ls";
    }

    @Override
    public String summary() {
        return "List the shared files: size, content id, peer, name.";
    }

    @Override
    public List<Option> options() {
        return List.of(CommonOptions.INDEX, CommonOptions.BIND, CommonOptions.JSON);
    }

    @Override
    public Operands operands() {
        return Operands.optional("PATTERN", "part of a name, or a pattern for all of it with * and ?");
    }

    @Override
    public String notes() {
        return "Upper and lower case differ. With --json each line has: name, peer, size (bytes, or null when nobody "
                + "told), id (16 hex digits or null), row, complete (false: still in download), fetch (pdu, p2p-ci or none). "
                + "Rows whose names break the protocol are left out, and the exit code is 1.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure {
        String typed =
                arguments.operands().isEmpty() ? "" : arguments.operands().get(0);
        NamePattern pattern = NamePattern.of(typed);
        InetSocketAddress index = Addresses.index(arguments);
        Walk walk = new Walk(console, pattern, arguments.has(CommonOptions.JSON), index);
        try (OneShotIndex asked = OneShotIndex.open(index, Addresses.bind(arguments))) {
            asked.list(pattern.filter(), walk);
        } catch (PeerException failure) {
            throw Failures.of(failure);
        }
        if (!walk.ending.isDone()) {
            throw Failures.of(walk.ending, index, "");
        }
        if (walk.rows == 0 && !typed.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "no shared file matches '" + Shown.text(typed) + "'");
        }
        return ExitCode.OK;
    }

    /** Prints each row as it comes. */
    private static final class Walk implements ListHandler {
        private final Console console;
        private final NamePattern pattern;
        private final boolean json;
        private final InetSocketAddress index;
        private Ending ending = Ending.CANCELLED;
        private long rows;

        Walk(Console console, NamePattern pattern, boolean json, InetSocketAddress index) {
            this.console = console;
            this.pattern = pattern;
            this.json = json;
            this.index = index;
        }

        @Override
        public boolean onRow(ListedRow row) {
            FileName file = row.file();
            if (pattern.matches(file.value())) {
                rows++;
                console.out().line(json ? IndexRows.json(row).toString() : IndexRows.line(row));
            }
            return true;
        }

        @Override
        public void onSlow() {
            console.out().flush();
            console.messages().note("p101: " + Failures.slowIndex(index));
        }

        @Override
        public void onEnd(Ending how) {
            ending = how;
        }
    }
}
