package p101.registry;

import p101.model.AddressBits;

/** How much one source address (for IPv6: one /64) holds, for its limits. */
final class AddressUse {
    final AddressBits address;
    int owners;
    int leasedOwners;
    int rows;

    AddressUse(AddressBits address) {
        this.address = address;
    }
}
