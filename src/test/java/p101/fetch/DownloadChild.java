package p101.fetch;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import p101.library.ExistingFilePolicy;
import p101.loop.EventLoop;
import p101.model.Content;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * A process that downloads one file and says how it went; made to be killed.
 *
 * <p>Arguments: folder, name, port, size, content id.
 */
final class DownloadChild implements DownloadListener {
    private final EventLoop loop;

    private DownloadChild(EventLoop loop) {
        this.loop = loop;
    }

    public static void main(String[] arguments) {
        EventLoop loop = new EventLoop(System::nanoTime);
        Downloader downloader = new Downloader(loop);
        Endpoint endpoint = new Endpoint(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2]));
        Candidate row = new Candidate(
                1, 0, endpoint, Long.parseLong(arguments[3]), ContentId.parse(arguments[4]), PeerName.of("source"));
        DownloadRequest request = DownloadRequest.of(
                        Wanted.named(FileName.of(arguments[1])),
                        new Destination.InFolder(Path.of(arguments[0]), ExistingFilePolicy.KEEP))
                .withRows(List.of(row))
                .throughLocalIndex(true);
        loop.execute(() -> downloader.start(
                request,
                (wanted, found, end) -> loop.execute(() -> end.accept(new FindEnd.NotFound())),
                new DownloadChild(loop)));
        loop.run();
    }

    @Override
    public void onStarted(FileName fullName, Content content, long resumedBytes) {
        System.out.println("resumed " + resumedBytes);
    }

    @Override
    public void onDone(DownloadOutcome outcome) {
        System.out.println("done " + outcome.sources().get(0).receivedBytes());
        loop.close();
    }

    @Override
    public void onFailed(DownloadFailure failure, List<SourceReport> sources) {
        System.out.println("failed " + failure.text());
        loop.close();
    }
}
