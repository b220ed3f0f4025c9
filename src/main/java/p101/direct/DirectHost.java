package p101.direct;

import java.net.InetSocketAddress;

/** Who receives at a {@link DirectPort}. Loop thread; return soon. */
public interface DirectHost extends OfferHost, PictureHost {
    /** A text came, whole and for the first time; its sender is told ACK when this returns. */
    void onText(IncomingText text, InetSocketAddress from);
}
