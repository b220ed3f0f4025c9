package p101.registry;

import p101.model.Randomness;

class MemoryRegistryPeersTest extends PeersContract {
    @Override
    Registry newRegistry(RegistryLimits limits, long unixSeconds) {
        return new MemoryRegistry(limits, RegistryFixture.LEASE_SECONDS, unixSeconds, Randomness.seeded(1));
    }
}
