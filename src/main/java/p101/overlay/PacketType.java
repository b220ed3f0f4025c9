package p101.overlay;

/** The types of packets, by their numbers on the wire. spec/OVERLAY.md, section 3. */
final class PacketType {
    static final int REGISTER = 1;
    static final int ADVERTISE = 2;
    static final int JOIN = 3;
    static final int MESSAGE = 4;
    static final int REUNION = 5;

    private PacketType() {}
}
