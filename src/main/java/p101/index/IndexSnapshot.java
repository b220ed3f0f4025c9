package p101.index;

/** What an index did up to one moment. */
public record IndexSnapshot() {}
