package p101.library;

/** What a download does when its name is taken by an ordinary file. Folders, links, pipes and devices are never replaced. */
public enum ExistingFilePolicy {
    /** The existing file stays, the download fails. */
    KEEP,
    /** As {@link #KEEP}, but nothing is done and all is well when the existing file has the content already. */
    SKIP_IDENTICAL,
    /** The download gets the next free name: {@code name (2).txt}. */
    RENAME,
    /** The existing file is replaced. */
    OVERWRITE
}
