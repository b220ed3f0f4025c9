package p101.overlay;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import p101.model.Endpoint;

/** Addresses as the ASCII form and all bodies have them: {@code 127.000.000.001}, then five digits of port. */
final class AddressText {
    static final int IP_CHARS = 15;
    static final int PORT_CHARS = 5;
    static final int CHARS = IP_CHARS + PORT_CHARS;

    private static final int OCTETS = 4;
    private static final int OCTET_CHARS = 3;
    private static final int MAX_OCTET = 255;
    private static final int MAX_PORT = 65_535;

    private AddressText() {}

    /**
     * Writes 20 bytes.
     *
     * @throws IllegalArgumentException when the address is not IPv4
     */
    static void write(Endpoint endpoint, byte[] target, int at) {
        byte[] octets = octets(endpoint);
        for (int i = 0; i < OCTETS; i++) {
            int start = at + i * (OCTET_CHARS + 1);
            writeNumber(octets[i] & 0xFF, OCTET_CHARS, target, start);
            if (i < OCTETS - 1) {
                target[start + OCTET_CHARS] = '.';
            }
        }
        writeNumber(endpoint.port(), PORT_CHARS, target, at + IP_CHARS);
    }

    /** The four octets of an IPv4 address. */
    static byte[] octets(Endpoint endpoint) {
        if (!(endpoint.address() instanceof Inet4Address)) {
            throw new IllegalArgumentException("the overlay has room for IPv4 addresses alone, not for " + endpoint);
        }
        return endpoint.address().getAddress();
    }

    /** Reads 20 bytes. */
    static Endpoint read(byte[] bytes, int at) throws BadPacketException {
        byte[] octets = new byte[OCTETS];
        for (int i = 0; i < OCTETS; i++) {
            int start = at + i * (OCTET_CHARS + 1);
            octets[i] = (byte) inRange(readNumber(bytes, start, OCTET_CHARS), MAX_OCTET, "an octet");
            if (i < OCTETS - 1 && bytes[start + OCTET_CHARS] != '.') {
                throw new BadPacketException("an address without its dots");
            }
        }
        int port = inRange(readNumber(bytes, at + IP_CHARS, PORT_CHARS), MAX_PORT, "a port");
        return endpoint(octets, port);
    }

    static Endpoint endpoint(byte[] octets, int port) {
        try {
            return new Endpoint(InetAddress.getByAddress(octets), port);
        } catch (UnknownHostException notFourOctets) {
            throw new IllegalStateException(notFourOctets);
        }
    }

    static int checkOctet(int octet) throws BadPacketException {
        return inRange(octet, MAX_OCTET, "an octet");
    }

    static int checkPort(long port) throws BadPacketException {
        return inRange(port, MAX_PORT, "a port");
    }

    private static int inRange(long number, int most, String what) throws BadPacketException {
        if (number < 0 || number > most) {
            throw new BadPacketException(what + " above " + most);
        }
        return (int) number;
    }

    static void writeNumber(int number, int digits, byte[] target, int at) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Up to nine digits. */
    static int readNumber(byte[] bytes, int at, int digits) throws BadPacketException {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw new BadPacketException("a number that is not all digits");
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }
}
