package dev.gearbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Ready when all are ready. */
final class JoinPollable<T> implements Pollable<List<T>> {
    /** An entry is null once its value is in {@link #values}; the list is null once all this has finished. */
    private List<Pollable<? extends T>> pending;

    private final Object[] values;
    private int missing;

    JoinPollable(List<? extends Pollable<? extends T>> all) {
        pending = new ArrayList<>(List.copyOf(all));
        missing = pending.size();
        values = new Object[missing];
    }

    @Override
    public Poll<List<T>> poll(Waker waker) throws Exception {
        if (pending == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        for (int i = 0; i < values.length; i++) {
            Pollable<? extends T> one = pending.get(i);
            if (one != null) {
                pollOne(i, one, waker);
            }
        }
        if (missing > 0) {
            return Poll.pending();
        }
        pending = null;
        @SuppressWarnings("unchecked")
        List<T> result = (List<T>) Collections.unmodifiableList(Arrays.asList(values));
        return Poll.ready(result);
    }

    private void pollOne(int index, Pollable<? extends T> one, Waker waker) throws Exception {
        boolean failed = true;
        try {
            Poll<? extends T> poll = one.poll(waker);
            if (poll.isReady()) {
                values[index] = poll.value();
                pending.set(index, null);
                missing--;
            }
            failed = false;
        } finally {
            if (failed) {
                pending.set(index, null);
                close();
            }
        }
    }

    @Override
    public void close() {
        List<Pollable<? extends T>> open = pending;
        pending = null;
        if (open != null) {
            open.forEach(one -> {
                if (one != null) {
                    one.close();
                }
            });
        }
    }
}
