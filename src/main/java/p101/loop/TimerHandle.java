package p101.loop;

/** A timer that was set. Loop thread only. */
public interface TimerHandle {
    /** Takes the timer back; does nothing when it has fired or was cancelled before. */
    void cancel();
}
