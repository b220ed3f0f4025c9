package p101.direct;

import java.net.InetSocketAddress;

/** A file that somebody whose address was proved wants to send. Decide once, at once or later. Loop thread. */
public interface IncomingOffer {
    FileOffer file();

    InetSocketAddress from();

    /** Whether it still waits for a decision. */
    boolean isOpen();

    /** Takes it. */
    void accept(IncomingFile into);

    void refuse(DirectReason reason);
}
