package p101.lobby;

/**
 * Whether the other side is still there. A person with a plain connection is left alone: TCP tells when its machine is gone. A
 * client that said so answers pings. Pure. spec/LOBBY.md, section 8.
 */
final class Liveness {
    private final long enteredNanos;
    private long heardNanos;
    private long pingedNanos;
    private long contestedNanos;
    private boolean answersPings;
    private boolean isContested;

    Liveness(long nowNanos) {
        enteredNanos = nowNanos;
        heardNanos = nowNanos;
        pingedNanos = nowNanos;
    }

    void heard(long nowNanos) {
        heardNanos = nowNanos;
        isContested = false;
    }

    void answersPings() {
        answersPings = true;
    }

    void pinged(long nowNanos) {
        pingedNanos = nowNanos;
    }

    /** Somebody else wants its alias: it is asked at once, and has less time to answer. */
    void contested(long nowNanos) {
        if (answersPings && !isContested) {
            isContested = true;
            contestedNanos = nowNanos;
        }
    }

    boolean hasWaited(long nowNanos) {
        return nowNanos - enteredNanos > LobbyLimits.WAITING_NANOS;
    }

    /** Whatever it says: so the client, too, knows that we are still here. */
    boolean isPingDue(long nowNanos) {
        boolean isAskedAgain = nowNanos - pingedNanos >= LobbyLimits.PING_NANOS;
        return answersPings && (isAskedAgain || isContested && pingedNanos - contestedNanos < 0);
    }

    boolean isSilent(long nowNanos) {
        return answersPings
                && (nowNanos - heardNanos > LobbyLimits.SILENCE_NANOS
                        || isContested && nowNanos - contestedNanos > LobbyLimits.CONTESTED_NANOS);
    }
}
