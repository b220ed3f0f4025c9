package p101.lobby;

/**
 * What a lobby did up to one moment.
 *
 * @param connections that stand now, with or without a name
 * @param joins members that came
 * @param said lines that members said
 * @param unheard lines of other doors that came too fast to be told on
 * @param mistakes orders that were refused
 * @param wrongSecrets guesses that were wrong
 * @param slowReaders members that were dropped because they did not read
 * @param silent clients that did not answer their pings
 */
public record LobbyCounters(
        int connections,
        long joins,
        long said,
        long unheard,
        long mistakes,
        long wrongSecrets,
        long slowReaders,
        long silent) {}
