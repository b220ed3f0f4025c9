package p101.direct;

import java.net.InetSocketAddress;

/** Somebody sends a picture in the published form; how large it is is not known before its end. Loop thread. */
public interface PictureOffer {
    /** As it was sent: any text, not checked by any rule. */
    String name();

    InetSocketAddress from();

    /** Whether it still waits for a decision. */
    boolean isOpen();

    void accept(PictureHandler handler);

    /** The form knows no way to say no: the sender gets no answer. */
    void refuse();
}
