package p101.registry;

import p101.model.Randomness;

class MemoryRegistryLookupTest extends LookupContract {
    @Override
    Registry newRegistry(RegistryLimits limits, long unixSeconds) {
        return new MemoryRegistry(limits, RegistryFixture.LEASE_SECONDS, unixSeconds, Randomness.seeded(1));
    }
}
