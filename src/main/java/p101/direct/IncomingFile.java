package p101.direct;

import java.nio.ByteBuffer;

/**
 * Where an accepted file goes: the caller's side of the disk. Called on the loop thread, so it hands slow work to a thread of its own
 * and answers through {@link Events}. spec/DIRECT.md, section 6.
 */
public interface IncomingFile {
    /** Answers of the disk. On the loop thread; calls that come when the transfer has ended do nothing. */
    interface Events {
        /** The manifest is that of the offer's root, and the file can be written. */
        void onReady(HeldContent held);

        /** There is room again for {@link #write}. */
        void onRoom();

        /** The file is whole, verified and has its name, or was here before. */
        void onStored(boolean wasHere);

        /** It cannot go on. */
        void onFailed(DirectReason reason);
    }

    /**
     * The manifest is whole: check it against the root, and open the file or what an earlier attempt left.
     *
     * @param manifest position to limit, the callee's to keep
     */
    void begin(ByteBuffer manifest, Events events);

    /** Bytes that {@link #write} takes now. */
    int room();

    /** Takes a copy of position to limit. Each byte that is not held comes once. */
    void write(long offset, ByteBuffer content);

    /** Everything was written: verify what is not, and give the file its name. */
    void finish();

    /** The transfer ended without the file; what was verified stays for another attempt. */
    void close();

    /** Some more has come; often called. */
    default void onProgress(long doneBytes, long totalBytes) {}

    /**
     * The last call.
     *
     * @param reasonOrNull null: stored
     * @param confirmed whether the sender has said that it knows
     */
    default void onEnd(DirectReason reasonOrNull, boolean confirmed) {}
}
