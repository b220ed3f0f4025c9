package p101.library;

import java.nio.file.Path;

/** A file that a walk found and the shelf does not know, or not so. */
record Found(Path path, FileIdentity identity) {}
