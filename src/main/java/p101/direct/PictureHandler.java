package p101.direct;

/** Learns what becomes of a picture that was accepted. Loop thread. */
public interface PictureHandler {
    /** So many pixels came so far; often called. */
    default void onProgress(int pixels) {}

    /** The sender has said that it is whole. */
    void onPicture(Picture picture);

    /** It was broken off, too large or empty; the text is safe to print. */
    void onFailed(String why);
}
