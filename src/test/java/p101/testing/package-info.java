/**
 * What the tests of several doors share: a loop that the test turns with plain sockets that talk to it, and conversations
 * that are written down. Nothing here knows a protocol.
 */
package p101.testing;
