package p101.app;

import java.net.InetSocketAddress;
import p101.peer.Ending;
import p101.peer.PeerException;

/** What went wrong in another package, as an exit code and a sentence. */
final class Failures {
    private Failures() {}

    static CommandFailure of(PeerException failure) {
        int exitCode = switch (failure.problem()) {
            case BAD_INDEX_ADDRESS, BAD_BIND_ADDRESS -> ExitCode.USAGE;
            case UNKNOWN_INDEX_HOST, INDEX_SILENT -> ExitCode.INDEX_SILENT;
            case PORT_IN_USE, HOME_IN_USE -> ExitCode.IN_USE;
            case HOME_UNUSABLE, CANNOT_SHARE -> ExitCode.DISK;
            case NETWORK -> ExitCode.FAILED;
        };
        return new CommandFailure(exitCode, failure.getMessage(), failure);
    }

    /** The end of a question to the index that is not {@link p101.peer.Verdict#DONE}. */
    static CommandFailure of(Ending ending, InetSocketAddress index, String notFound) {
        return switch (ending.verdict()) {
            case SILENT -> new CommandFailure(ExitCode.INDEX_SILENT, silentIndex(index));
            case NOT_FOUND -> new CommandFailure(ExitCode.NOT_FOUND, notFound);
            case CONFLICT, LIMIT, REFUSED, NOT_YOURS ->
                new CommandFailure(
                        ExitCode.REFUSED,
                        "the index refused: " + (ending.text().isEmpty() ? ending.verdict() : ending.text()));
            case MALFORMED -> new CommandFailure(ExitCode.FAILED, show(index) + ": " + ending.text());
            case CANCELLED -> new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
            case DONE -> throw new IllegalArgumentException("done is no failure");
        };
    }

    static String silentIndex(InetSocketAddress index) {
        return "the index at " + show(index) + " does not answer: start one with p101 index, or check --index";
    }

    static String slowIndex(InetSocketAddress index) {
        return "the index at " + show(index) + " is slow to answer; still trying";
    }

    /** {@code 10.0.0.7:60000}, {@code [::1]:60000}. */
    static String show(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
