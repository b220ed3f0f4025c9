package p101.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import p101.model.InvalidNameException;
import p101.model.PeerName;
import p101.model.Shown;
import p101.peer.HomeFolders;
import p101.peer.IndexAddress;
import p101.peer.PeerException;

/** Options as the values that the other packages take. */
final class Addresses {
    private Addresses() {}

    static InetSocketAddress index(Arguments arguments) throws CommandFailure {
        try {
            return IndexAddress.resolve(arguments.text(CommonOptions.INDEX));
        } catch (PeerException wrong) {
            throw Failures.of(wrong);
        }
    }

    /** The local address to use; null = any. */
    static InetAddress bind(Arguments arguments) throws CommandFailure {
        String text = arguments.text(CommonOptions.BIND);
        return text == null ? null : address(CommonOptions.BIND, text);
    }

    /** An address that was given to an option. */
    static InetAddress address(Option option, String text) throws CommandFailure {
        checkHost(option, text);
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException unknown) {
            throw notAnAddress(option, text);
        }
    }

    /** Refuses a host that is only half of an IPv4 address, or nothing: Java would make some other address of it. */
    static void checkHost(Option option, String text) throws CommandFailure {
        if (text.isEmpty() || IndexAddress.isUnfinishedIpv4(text)) {
            throw notAnAddress(option, text);
        }
    }

    private static CommandFailure notAnAddress(Option option, String text) {
        return CommandFailure.usage(
                option.name() + ": '" + Shown.text(text) + "' is not an address; give a whole IPv4 or IPv6 address");
    }

    static HomeFolders home(Arguments arguments) throws CommandFailure {
        String folder = arguments.text(CommonOptions.HOME);
        return folder == null
                ? HomeFolders.ofPlatform()
                : HomeFolders.in(path(folder).toAbsolutePath());
    }

    /** A path that the user typed. */
    static Path path(String text) throws CommandFailure {
        try {
            return Path.of(text);
        } catch (InvalidPathException unusable) {
            throw CommandFailure.usage("'" + Shown.text(text)
                    + "' cannot be used as a path here: set LC_ALL=C.UTF-8 if it holds letters beyond ASCII");
        }
    }

    /** A peer's name that was given to an option, or by its variable. */
    static PeerName peerName(Arguments arguments, Option option) throws CommandFailure {
        return peerName(arguments.place(option), arguments.text(option));
    }

    static PeerName peerName(Option option, String text) throws CommandFailure {
        return peerName(option.name(), text);
    }

    private static PeerName peerName(String place, String text) throws CommandFailure {
        try {
            return PeerName.of(text);
        } catch (InvalidNameException refused) {
            throw CommandFailure.usage(place + ": '" + Shown.text(text) + "': " + refused.getMessage());
        }
    }

    static int port(Arguments arguments) throws CommandFailure {
        return (int) arguments.number(CommonOptions.PORT, 0, 65_535);
    }
}
