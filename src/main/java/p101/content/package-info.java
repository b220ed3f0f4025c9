/**
 * The content server: answers D with content, manifest or piece map over TCP (spec/PDU.md, sections 4 and 9), and hands
 * connections that begin with another byte to whoever registered for it.
 *
 * <p>Everything runs on the event loop's thread, except where a method says otherwise. Frames are made in bulk, from one large
 * positional read into one large write; nothing is allocated and no system call made for each PDU. Memory does not grow with
 * slow readers: a few wire buffers go round, and whoever waits with one while others need it makes its bytes anew later.
 */
package p101.content;
