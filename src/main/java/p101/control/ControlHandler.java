package p101.control;

/** Answers for the running process. Called in threads of the {@link ControlServer}, several at once. */
@FunctionalInterface
public interface ControlHandler {
    /** The answer; may take a while. An exception becomes a failed answer. */
    ControlAnswer handle(ControlRequest request);
}
