package p101.registry;

/** Why a registry does not do what it was asked. */
public enum Refusal {
    /** Another key holds this peer name and file name. */
    CONFLICT,
    /** The row that should go belongs to another key. */
    NOT_YOURS,
    /** The tx is too old; go on above the newest. */
    STALE,
    /** {@link RegistryLimits#rowsInAll()} is reached. */
    ROWS_IN_ALL,
    /** {@link RegistryLimits#rowsPerAddress()} is reached. */
    ROWS_PER_ADDRESS,
    /** {@link RegistryLimits#ownersInAll()} is reached. */
    OWNERS_IN_ALL,
    /** {@link RegistryLimits#ownersPerAddress()} is reached. */
    OWNERS_PER_ADDRESS,
    /** {@link RegistryLimits#looksPerRequest()} rows were looked at and none of them fits. */
    LOOKS_PER_REQUEST,
    /** The registry cannot be reached just now. */
    UNAVAILABLE
}
