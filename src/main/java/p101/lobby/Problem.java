package p101.lobby;

import java.util.Locale;

/** Why an order is not done: the word behind {@code ERROR}. spec/LOBBY.md, section 4. */
public enum Problem {
    /** There is no such order. */
    UNKNOWN,
    /** The order is there, but not written so. */
    SYNTAX,
    /** An alias or a file name that nobody may have. */
    NAME,
    /** Somebody else has this alias. */
    TAKEN,
    /** Somebody else shares this file under this alias. */
    CONFLICT,
    /** No place is left. */
    FULL,
    /** Another limit is reached. */
    LIMIT,
    /** The line has too many bytes. */
    TOO_LONG,
    /** The line is not UTF-8. */
    NOT_UTF8,
    /** First an alias, then this. */
    NOT_NAMED,
    /** Nobody or nothing of this name is there. */
    NOT_FOUND,
    /** Only privileged members may. */
    NOT_ALLOWED,
    /** The secret is wrong. */
    SECRET,
    /** The registry does not answer just now. */
    BUSY;

    /** As it stands on the wire: {@code not-found}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
