package dev.gearbox.scheduler.adaptive;

import java.util.concurrent.TimeUnit;

/**
 * When a machine looks up from its queue: every 61 polls, or as soon as some 20 µs of work are over.
 *
 * <p>Reading the clock costs as much as a short run, so the number of polls until the next look follows from how long the
 * last ones took. For the machine itself, except {@link #isFresh};
 * {@link #adopt} reads an estimate that may be a little old.
 */
final class Pace {
    /** The most polls between two looks; Go's number, a prime so that it does not march in step with a pattern. */
    static final int MOST_POLLS = 61;

    /** The time between two looks, if polls are shorter; makes a look cost less than a hundredth. */
    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    /** To wake a machine costs its waker 5 µs and takes 35 µs, so work that waits for less is soonest done here. */
    private static final long LONG_WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** A machine that never gets to the end of its queue for this long does not keep up, however short the polls. */
    private static final long LONG_BACKLOG_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** Long polls let outside work in this often, but never twice in a row: own work must go on too. */
    private static final long STEP_OUTSIDE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** At most this often a machine calls for help from the middle of a poll, when it cannot know how long that lasts. */
    private static final long STEP_CALL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Runs up to this long are short: what a switch between threads costs matters beside them. */
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private int left;
    private int planned = 1;
    private long nanosPerPoll;
    private long backlogSince;
    private boolean backlog;
    private int sinceOutside;
    private long lastOutside;
    private long lastCall;
    private boolean mayCall = true;
    /** The time of the last look. */
    private volatile long stamp;

    /** Counts a poll; returns whether it is time to look. */
    boolean isDue() {
        return --left < 0;
    }

    /** Begins anew after a rest. */
    void restart(long now) {
        left = 1;
        planned = 1;
        backlog = false;
        mayCall = true;
        stamp = now;
    }

    /** Notes a look. */
    void look(long now) {
        nanosPerPoll = Math.max(1, (now - stamp) / planned);
        sinceOutside += planned;
        int most = sinceOutside < MOST_POLLS ? MOST_POLLS - sinceOutside : MOST_POLLS;
        planned = (int) Math.max(1, Math.min(most, STEP_NANOS / nanosPerPoll));
        left = planned - 1;
        if (!mayCall) {
            lastCall = lastCall == 0 ? now : lastCall;
            mayCall = now - lastCall > STEP_CALL_NANOS;
        }
        stamp = now;
    }

    /** Returns whether this machine may call for help in the middle of a poll; see {@link #called}. */
    boolean mayCall() {
        return mayCall;
    }

    /** Notes such a call; the next one has to wait for a while. */
    void called() {
        mayCall = false;
        lastCall = 0; // the clock is read at the next look
    }

    /** Makes the next look come after the present poll: what the polls before it took says nothing about what waits now. */
    void lookSoon() {
        planned = Math.max(1, planned - left);
        left = 0;
    }

    /** Returns whether the next run has to come from outside, if there is one there; to be asked once at each look. */
    boolean isOutsideDue(long now) {
        boolean due = sinceOutside >= MOST_POLLS || sinceOutside > 1 && now - lastOutside > STEP_OUTSIDE_NANOS;
        if (due) {
            sinceOutside = 0;
            lastOutside = now;
        }
        return due;
    }

    /** Returns whether so much waits in the queue that another machine should help; to be asked once at each look. */
    boolean isBehind(int waiting, long now) {
        if (waiting < 2) {
            backlog = false;
            return false;
        }
        if (!backlog) {
            backlog = true;
            backlogSince = now;
        }
        return isLong(waiting - 1) || now - backlogSince > LONG_BACKLOG_NANOS;
    }

    /** Returns whether so many runs take long, if they are like the last ones. */
    boolean isLong(int waiting) {
        return waiting * nanosPerPoll > LONG_WAIT_NANOS;
    }

    /** Returns whether the last runs were short. */
    boolean isShort() {
        return nanosPerPoll < SHORT_NANOS;
    }

    /** Expects runs to take as long as they do there. */
    void adopt(Pace other) {
        nanosPerPoll = Math.max(nanosPerPoll, other.nanosPerPoll);
    }

    /** Returns whether the last look was so recently. Any thread. */
    boolean isFresh(long now, long nanos) {
        return now - stamp < nanos;
    }
}
