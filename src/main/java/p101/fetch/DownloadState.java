package p101.fetch;

/** Where a {@link Download} stands. Each state but the last may be left for ENDED by a failure or {@link Download#cancel}. */
enum DownloadState {
    /** Nothing that matches is known yet. */
    SEARCHING,
    /** A content is chosen; sources are asked for its manifest. */
    MANIFEST,
    /** The manifest is being proven and the file opened, on another thread; back to MANIFEST if it proves wrong. */
    OPENING,
    /** Pieces come. */
    FETCHING,
    /** Every piece counts; the file is being moved into place, or the rest of the stream written. */
    FINISHING,
    /** The listener was told the outcome. */
    ENDED
}
