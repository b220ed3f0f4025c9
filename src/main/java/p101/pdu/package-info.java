/**
 * The 101-byte PDU: its layout, its types, and the codec between bytes and records. spec/PDU.md is the authority.
 *
 * <p>Big-endian throughout. The codec knows no socket and no domain; records hold values. Immutable and safe from any
 * thread, except where a class says otherwise. Imports {@code model} alone.
 */
package p101.pdu;
