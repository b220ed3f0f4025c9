package p101.app;

import java.nio.file.Path;
import java.time.Duration;
import p101.control.ControlAnswer;
import p101.control.ControlClient;
import p101.control.ControlException;
import p101.control.ControlRequest;

/** Asks a running process of a home. */
final class ControlQuestions {
    static final String STATUS = "status";
    static final String UNSHARE = "unshare";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ControlQuestions() {}

    /** The answer; null when nobody listens. */
    static ControlAnswer ask(Path socket, ControlRequest request) throws CommandFailure {
        try {
            return ControlClient.ask(socket, request, PATIENCE);
        } catch (ControlException failure) {
            switch (failure.problem()) {
                case NOBODY -> {
                    return null;
                }
                case SILENT, PROTOCOL -> throw new CommandFailure(ExitCode.INDEX_SILENT, failure.getMessage(), failure);
                case PATH_TOO_LONG -> throw new CommandFailure(ExitCode.USAGE, failure.getMessage(), failure);
                default -> throw new CommandFailure(ExitCode.FAILED, failure.getMessage(), failure);
            }
        }
    }
}
