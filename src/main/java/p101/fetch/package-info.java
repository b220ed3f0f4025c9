/**
 * Downloads: where to fetch from ({@link p101.fetch.SourceFinder}, {@link p101.fetch.Source}), what to ask whom for, and
 * what to do with a source that is slow, dead, wrong or lying. spec/PDU.md, section "Rules of a downloader".
 *
 * <p>Everything runs on the thread of one event loop, except hashing and the slow ends of a file's life (opening, moving
 * into place), which run on one worker thread, and a download to a stream, which is written by a thread of its own. A
 * piece counts only when its hash was checked against a manifest that folds to the root.
 */
package p101.fetch;
