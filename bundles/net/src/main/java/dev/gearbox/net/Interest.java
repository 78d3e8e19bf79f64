package dev.gearbox.net;

import dev.gearbox.IoSource;
import dev.gearbox.Waker;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/*
 * Stands between the tasks that use one direction of a socket and its source, so that the source holds at most one waker
 * for that direction however many waits were begun and given up: a source keeps each waker until the channel is ready.
 *
 *   null    nobody waits, and the source holds nothing
 *   waker   the source holds this object, and the waker is the latest to ask
 *
 * Only whoever changes null to a waker asks the source. wake() takes the waker out first and wakes it then, so an ask that
 * comes later finds null and asks anew, and one that came before is the one that is woken.
 */
/** The latest waker that waits for one direction of a socket. */
final class Interest extends AtomicReference<Waker> implements Waker {
    private static final long serialVersionUID = 1L;

    private final transient IoSource source;
    private final boolean writing;

    private Interest(IoSource source, boolean writing) {
        this.source = source;
        this.writing = writing;
    }

    static Interest inReading(IoSource source) {
        return new Interest(source, false);
    }

    static Interest inWriting(IoSource source) {
        return new Interest(source, true);
    }

    /** Makes this the waker to be woken when the direction may be ready; an earlier one is forgotten. */
    void wakeWhenReady(Waker waker) throws IOException {
        if (getAndSet(waker) != null) {
            return;
        }
        boolean asked = false;
        try {
            if (writing) {
                source.wakeWhenWritable(this);
            } else {
                source.wakeWhenReadable(this);
            }
            asked = true;
        } finally {
            if (!asked) {
                set(null);
            }
        }
    }

    @Override
    public void wake() {
        Waker waker = getAndSet(null);
        if (waker != null) {
            waker.wake();
        }
    }
}
