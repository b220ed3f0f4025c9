package p101.direct;

/** Who decides about pictures in the published form. Loop thread; return soon. */
@FunctionalInterface
public interface PictureHost {
    /** Somebody sends a picture. */
    void onPicture(PictureOffer offer);

    /** Nobody decided, and its sender has given up: it is open no longer. */
    default void onPictureGone(PictureOffer offer) {}
}
