package p101.overlay;

import java.net.InetAddress;

/**
 * The connection that a packet came on.
 *
 * @param id tells connections apart; never used again
 * @param remote the address of the other side, as the network sees it
 * @param local the address of ours that it reached
 */
record Via(long id, InetAddress remote, InetAddress local) {
    /**
     * Whether who is there may say that it listens at this address. Nobody speaks for another machine; a program on this
     * machine, whatever way it took, may use any address of it.
     */
    boolean mayBe(InetAddress claimed) {
        return remote.equals(claimed) || remote.isLoopbackAddress() || remote.equals(local);
    }
}
