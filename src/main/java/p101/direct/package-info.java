/**
 * From one peer straight to another, without an index in between: a text over TCP that is acknowledged and delivered once, and a file
 * over UDP in numbered, checksummed chunks. Also the forms that published programs speak. spec/DIRECT.md is the authority for
 * every byte, state and timer here; numbers are big-endian.
 *
 * <p>{@link p101.direct.FileSender}, {@link p101.direct.FileReceiver}, {@link p101.direct.TextReader}, {@link
 * p101.direct.PixelReceiver} and {@link p101.direct.PixelSender} are pure: datagrams or bytes and a time in, values out. The
 * {@code *Port} and {@code *Delivery} classes wire them to an event loop, and everything then belongs to its thread. What is
 * received goes to interfaces that the caller brings ({@link p101.direct.IncomingFile}, {@link p101.direct.DirectHost}), so that
 * this package touches no disk but for reading the one file that it sends.
 */
package p101.direct;
