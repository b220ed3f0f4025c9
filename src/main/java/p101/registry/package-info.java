/**
 * Who shares what: the one registry behind every door of an index. It holds peers (also those without files) and their
 * files, and it alone decides about transaction ids, floors, leases, moves, conflicts and limits, because several indexes
 * may share one registry. spec/PDU.md, section 7.
 *
 * <p>Pure of sockets and clocks: time comes in as {@code nowNanos} of one monotonic clock. A {@link p101.registry.Registry}
 * may be called from any thread. Imports {@code model} alone.
 */
package p101.registry;
