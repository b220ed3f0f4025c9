package p101.fetch;

import java.util.List;
import p101.library.ServedFile;
import p101.model.Content;
import p101.model.FileName;

/** Follows a download. Always called on the loop thread; one of {@link #onDone} and {@link #onFailed} comes last. */
public interface DownloadListener {
    /** The content was chosen: the newest complete one that matched. */
    default void onChosen(Candidate chosen) {}

    /** Another content goes by the same name (told once for each); ask for its id or its peer to get it. */
    default void onOtherContent(Candidate other) {}

    /** The manifest is proven and the file is open; not told when the file turns out to be there already. */
    default void onStarted(FileName fullName, Content content, long resumedBytes) {}

    /**
     * Right after {@link #onStarted}: the pieces that are there can be served to others from now on, and the process may
     * register itself as a partial source. Once the download has ended, ask for the file in the usual way.
     */
    default void onShareable(ServedFile file) {}

    default void onSourceDropped(SourceReport dropped) {}

    /** A few times a second while something moves. */
    default void onProgress(Progress progress) {}

    void onDone(DownloadOutcome outcome);

    void onFailed(DownloadFailure failure, List<SourceReport> sources);
}
