package p101.direct;

import java.net.InetSocketAddress;

/** A file that somebody whose address was proved wants to send. Decide once, at once or later. Loop thread. */
public interface IncomingOffer {
    FileOffer file();

    InetSocketAddress from();

    /** Whether it still waits for a decision. */
    boolean isOpen();

    /** Why it ended without the file; null while it has not, or when the file is here. */
    DirectReason reasonOrNull();

    /** Takes it. */
    void accept(IncomingFile into);

    void refuse(DirectReason reason);
}
