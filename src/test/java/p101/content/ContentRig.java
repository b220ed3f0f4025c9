package p101.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import p101.loop.LoopHarness;

/** A content server on a loop that the test turns, with a catalog in memory. */
final class ContentRig implements AutoCloseable {
    final LoopHarness harness = new LoopHarness();
    final TestCatalog catalog = new TestCatalog();
    final ContentServer server;
    private final List<TestDownloader> downloaders = new ArrayList<>();

    ContentRig(ContentLimits limits) {
        this.server = new ContentServer(harness.loop, catalog, limits);
    }

    ContentRig started() throws IOException {
        server.start(LoopHarness.anyPort());
        return this;
    }

    TestDownloader downloader() throws IOException {
        return downloader(0);
    }

    TestDownloader downloader(int receiveBufferBytes) throws IOException {
        TestDownloader downloader = new TestDownloader(harness, server.localAddress(), receiveBufferBytes);
        downloaders.add(downloader);
        return downloader;
    }

    ContentCounters counters() {
        return server.counters();
    }

    @Override
    public void close() throws IOException {
        for (TestDownloader downloader : downloaders) {
            downloader.close();
        }
        server.close();
        harness.close();
    }
}
