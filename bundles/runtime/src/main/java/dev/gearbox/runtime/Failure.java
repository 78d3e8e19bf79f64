package dev.gearbox.runtime;

import java.util.concurrent.CancellationException;

/** The outcome of a task that ended with an exception, and whether anybody has seen it. */
final class Failure {
    final Throwable cause;
    private volatile boolean observed;

    Failure(Throwable cause) {
        this.cause = cause;
    }

    /** Returns the outcome of a cancelled task; nobody needs to see it, since whoever cancelled knows. */
    static Failure ofCancellation(String task, String runtimeStopped, Throwable cause) {
        Failure failure = new Failure(
                runtimeStopped != null
                        ? new IllegalStateException(runtimeStopped)
                        : new CancellationException(task + " was cancelled"));
        if (cause.getStackTrace().length > 0) {
            failure.cause.initCause(cause);
        }
        failure.observed = true;
        return failure;
    }

    boolean isObserved() {
        return observed;
    }

    /** Throws the cause; it counts as observed from now on. */
    void rethrow() throws Exception {
        observed = true;
        if (cause instanceof Error error) {
            throw error;
        }
        throw (Exception) cause;
    }

    /** Marks it as observed; returns whether it was not before. */
    boolean observe() {
        boolean first = !observed;
        observed = true;
        return first;
    }
}
