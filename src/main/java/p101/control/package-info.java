/**
 * How another process of the same user asks and tells a running one: a Unix-domain socket in its home.
 *
 * <p>A request is one line of UTF-8, {@code VERB} or {@code VERB TAB ARGUMENT}. The answer is a line {@code NAME TAB VALUE}
 * for each field and a last line {@code ok TAB TEXT} or {@code failed TAB TEXT}. Backslash, tab, CR and LF inside of a
 * value are written {@code \\ \t \r \n}. Both sides refuse more bytes than {@link p101.control.ControlWire} allows. The
 * socket is for its owner alone (mode 600, in a folder of mode 700), so nothing more proves who asks.
 *
 * <p>A thread waits for connections and a short-lived one serves each. Imports {@code model} alone.
 */
package p101.control;
