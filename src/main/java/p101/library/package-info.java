/**
 * Files on this machine: which are shared and under which names, what their pieces hash to, and how a download becomes a
 * file. Nothing here touches the network, and no log is written: events go to a {@link p101.library.LibraryListener}.
 *
 * <p>Threads: {@link p101.library.Catalog} and everything that a {@link p101.library.ServedFile} offers may be used from any
 * thread; each other type says what holds for it. Numbers in encoded form are big-endian. Specification: spec/PDU.md, sections
 * 5 (names and labels), 6 (content ids, roots, pieces), 9 and 10 (rules of a content server and of a downloader).
 */
package p101.library;
