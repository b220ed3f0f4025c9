package p101.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import p101.model.Shown;

/** The log of a long-running command: one line for each event, on standard error. Loading it loads the logger. Any thread. */
final class EventLog {
    /** Read by logback.xml. */
    private static final String LEVEL_PROPERTY = "p101.log.level";

    private static final String TRACES_PROPERTY = "p101.log.traces";

    private final Messages messages;
    private Logger log;

    EventLog(Messages messages) {
        this.messages = messages;
    }

    /** The logger is loaded for the first line: who has nothing to say does not pay for it. */
    private synchronized Logger log() {
        if (log == null) {
            if (messages.isVerbose()) {
                System.setProperty(LEVEL_PROPERTY, "DEBUG");
                System.setProperty(TRACES_PROPERTY, "%ex");
            }
            log = LoggerFactory.getLogger("p101");
        }
        messages.endProgress();
        return log;
    }

    /** Other people's words must have passed {@link p101.model.Shown}. */
    void info(String text) {
        log().info(text);
    }

    void warn(String text) {
        log().warn(text);
    }

    /** Something that should not have happened; the process goes on. The stack trace is shown under {@code -v}. */
    void failure(Throwable failure) {
        log().error("a mistake in the program, please report it: {}", Shown.text(String.valueOf(failure)), failure);
    }
}
