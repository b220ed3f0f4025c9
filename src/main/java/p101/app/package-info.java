/**
 * The command line: what a person types becomes a {@link p101.app.Command}, its results go to standard output, everything
 * else to standard error, and its end is one of the {@link p101.app.ExitCode exit codes}. Also the wiring of the other
 * packages into processes; nothing imports this package.
 *
 * <p>Each command runs on the main thread. picocli is seen by {@link p101.app.CommandParser} alone, and only the class of the
 * command that was asked for is loaded: a one-shot command lives for a tenth of a second, most of it spent in loading
 * classes. For the same reason nothing here logs; long-running commands say so where they load the logger.
 */
package p101.app;
