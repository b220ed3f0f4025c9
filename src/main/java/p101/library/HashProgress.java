package p101.library;

/**
 * How far hashing is since it last was idle.
 *
 * @param filesDone files hashed, failed ones included
 * @param filesTotal files to hash in all, as far as they are known
 * @param bytesDone bytes hashed
 * @param bytesTotal bytes to hash in all
 */
public record HashProgress(int filesDone, int filesTotal, long bytesDone, long bytesTotal) {}
