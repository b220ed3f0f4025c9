package p101.app;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.Consumer;
import p101.fetch.AddressRules;
import p101.model.ContentId;
import p101.model.PeerName;
import p101.model.Shown;
import p101.peer.Announcement;
import p101.peer.Ending;
import p101.peer.FoundRow;
import p101.peer.OneShotIndex;
import p101.peer.PeerException;
import p101.peer.SearchHandler;
import p101.peer.SearchQuery;

/** Where a peer receives: asked of the index by its name, or given as HOST:PORT, which no peer's name can look like. */
final class SendTarget {
    private SendTarget() {}

    static InetSocketAddress resolve(Arguments arguments, Messages messages) throws CommandFailure {
        return resolve(arguments, arguments.text(SendCommand.TO), slow -> messages.note("p101: " + slow));
    }

    /**
     * @param notes told when the index lets wait for its answer
     */
    static InetSocketAddress resolve(Arguments arguments, String to, Consumer<String> notes) throws CommandFailure {
        if (to.indexOf(':') >= 0) {
            return P2pciAddress.resolve(SendCommand.TO.name(), to, 0);
        }
        PeerName peer = Addresses.peerName(SendCommand.TO, to);
        InetSocketAddress index = Addresses.index(arguments);
        Newest newest = new Newest(() -> notes.accept(Failures.slowIndex(index)));
        try (OneShotIndex asked = OneShotIndex.open(index, Addresses.bind(arguments))) {
            asked.search(new SearchQuery(Announcement.RECEIVES, peer, ContentId.NONE, true), newest);
        } catch (PeerException failure) {
            throw Failures.of(failure);
        }
        if (newest.row == null) {
            throw Failures.of(
                    newest.ending.isDone() ? new Ending(p101.peer.Verdict.NOT_FOUND, "") : newest.ending,
                    index,
                    "nobody called '" + Shown.text(to) + "' receives; there p101 receive --name " + Shown.text(to)
                            + " must run, or give --to HOST:PORT");
        }
        if (AddressRules.isRefused(newest.row.endpoint(), isLocal(index))) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "the index names an address for '" + Shown.text(to) + "' that only its own machine reaches ("
                            + newest.row.endpoint() + "): have the receiver use --bind with an address of the network");
        }
        return newest.row.endpoint().toSocketAddress();
    }

    private static boolean isLocal(InetSocketAddress index) {
        try {
            return index.getAddress().isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(index.getAddress()) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    private static final class Newest implements SearchHandler {
        private final Runnable slow;
        private FoundRow row;
        private Ending ending = Ending.CANCELLED;

        Newest(Runnable slow) {
            this.slow = slow;
        }

        @Override
        public void onSlow() {
            slow.run();
        }

        @Override
        public boolean onFound(FoundRow found) {
            row = found;
            return false;
        }

        @Override
        public void onEnd(Ending how) {
            ending = how;
        }
    }
}
