/**
 * The event loop: sockets, timers and tasks on one thread, and the only code that touches a selector.
 *
 * <p>Everything that an {@link p101.loop.EventLoop} hands out belongs to its thread, except {@code execute}, {@code close},
 * {@code counters} and where a method says otherwise. Handlers are called on that thread, must not block, and do a bounded
 * piece of work for each call. Time comes from outside in nanoseconds of a monotonic clock. This package knows no protocol
 * and imports nothing of the project; what travels through it is described in spec/PDU.md, sections 3 and 4.
 */
package p101.loop;
