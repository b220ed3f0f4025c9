package p101.app;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import p101.fetch.Candidate;
import p101.fetch.Destination;
import p101.fetch.Download;
import p101.fetch.DownloadRequest;
import p101.fetch.Downloader;
import p101.fetch.FindEnd;
import p101.fetch.SourceFinder;
import p101.fetch.Wanted;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.p2pci.GetSources;
import p101.p2pci.RfcNumber;
import p101.pdu.RowFlags;

/** Fetches an RFC by GET from peers that are known already; no index takes part. */
final class P2pciGet {
    private static final long LONGEST_TURN_NANOS = 1_000_000_000L;

    private final Arguments arguments;
    private final Console console;
    private final RfcNumber number;

    P2pciGet(Arguments arguments, Console console, RfcNumber number) {
        this.arguments = arguments;
        this.console = console;
        this.number = number;
    }

    /**
     * @param places of the peers, the best first
     * @return an exit code
     */
    int from(List<InetSocketAddress> places) throws CommandFailure {
        Destination destination = new Destination.InFolder(PeerOptions.folder(arguments), GetOptions.policy(arguments));
        GetListener listener = new GetListener(
                console, number.fileName(), null, false, false, new GetTally(console.messages(), 1, System.nanoTime()));
        Path spoolFolder = Addresses.home(arguments).cache();
        boolean[] cancelled = new boolean[1];
        try (EventLoop loop = new EventLoop(System::nanoTime);
                GetSources sources = new GetSources(loop, spoolFolder, true, Clock.SYSTEM, console.messages()::note);
                Downloader downloader = new Downloader(loop, sources)) {
            console.stop().onStop(() -> loop.execute(() -> cancelled[0] = true));
            DownloadRequest request = DownloadRequest.of(Wanted.named(number.fileName()), destination)
                    .throughLocalIndex(true);
            Download download = downloader.start(request, sources.around(finder(places)), listener);
            while (!listener.isOver()) {
                loop.runOnce(LONGEST_TURN_NANOS);
                if (cancelled[0]) {
                    download.cancel();
                }
            }
            return listener.exitCode();
        }
    }

    private static SourceFinder finder(List<InetSocketAddress> places) {
        return (wanted, found, end) -> {
            if (!wanted.file().isNone()) {
                for (InetSocketAddress place : places) {
                    found.accept(
                            new Candidate(0, RowFlags.P2PCI_GET, Endpoint.of(place), 0, ContentId.NONE, PeerName.NONE));
                }
            }
            end.accept(places.isEmpty() ? new FindEnd.NotFound() : new FindEnd.Done());
        };
    }
}
