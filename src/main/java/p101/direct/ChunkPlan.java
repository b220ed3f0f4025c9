package p101.direct;

/**
 * How manifest and content are cut into chunks: first those of the manifest, then those of the content, each row cut anew.
 * spec/DIRECT.md, section 3.4.
 *
 * @param manifestLength bytes of the manifest
 * @param size bytes of the content
 * @param chunkBytes bytes of every chunk but the last of each row
 */
record ChunkPlan(int manifestLength, long size, int chunkBytes) {
    /** Whether the chunks can be counted. */
    static boolean isCountable(int manifestLength, long size, int chunkBytes) {
        return ceil(manifestLength, chunkBytes) + ceil(size, chunkBytes) <= DirectLimits.MAX_CHUNKS;
    }

    private static long ceil(long bytes, int chunkBytes) {
        return (bytes + chunkBytes - 1) / chunkBytes;
    }

    int manifestChunks() {
        return (int) ceil(manifestLength, chunkBytes);
    }

    /** All chunks. */
    int count() {
        return (int) (ceil(manifestLength, chunkBytes) + ceil(size, chunkBytes));
    }

    boolean isManifest(int chunk) {
        return chunk < manifestChunks();
    }

    /** Where a chunk begins, in the manifest or in the content. */
    long offset(int chunk) {
        return (long) (isManifest(chunk) ? chunk : chunk - manifestChunks()) * chunkBytes;
    }

    /** Bytes of the content in the chunks from one to before another. */
    long contentBytes(int from, int to) {
        return contentEnd(to) - contentEnd(from);
    }

    private long contentEnd(int chunk) {
        return Math.min(size, (long) Math.max(0, chunk - manifestChunks()) * chunkBytes);
    }

    int length(int chunk) {
        long whole = isManifest(chunk) ? manifestLength : size;
        return (int) Math.min(chunkBytes, whole - offset(chunk));
    }
}
