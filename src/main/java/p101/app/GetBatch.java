package p101.app;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import p101.fetch.DownloadRequest;
import p101.model.FileName;
import p101.peer.GetOrder;

/** The files of one {@code get}, in the order of its arguments, and how they ended. One thread. */
final class GetBatch implements Iterator<GetOrder> {
    private final List<DownloadRequest> requests = new ArrayList<>();
    private final List<GetListener> listeners = new ArrayList<>();
    private final GetTally tally;
    private final boolean json;
    private int begun;

    GetBatch(Arguments arguments, GetOptions options, Console console, InetSocketAddress index, List<FileName> files)
            throws CommandFailure {
        json = arguments.has(CommonOptions.JSON);
        tally = new GetTally(console.messages(), files.size(), System.nanoTime());
        boolean resultsToErrors = options.toStandardOutput() || arguments.has(GetOptions.QUIET);
        for (FileName file : files) {
            requests.add(options.request(file));
            listeners.add(new GetListener(console, file, index, json, resultsToErrors, tally));
        }
    }

    /** When the index does not answer for one file, nobody should have to wait until it has not answered for all. */
    @Override
    public boolean hasNext() {
        return begun < listeners.size() && !tally.isIndexSilent();
    }

    @Override
    public GetOrder next() {
        if (begun == listeners.size()) {
            throw new NoSuchElementException();
        }
        int next = begun++;
        return new GetOrder(requests.get(next), listeners.get(next));
    }

    /** Sums up, and gives the exit code: that of the first file that did not come. */
    int end() {
        if (!json) {
            tally.sumUp(System.nanoTime());
        }
        return listeners.stream()
                .mapToInt(GetListener::exitCode)
                .filter(code -> code != ExitCode.OK)
                .findFirst()
                .orElse(ExitCode.OK);
    }
}
