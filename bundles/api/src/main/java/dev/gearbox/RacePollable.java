package dev.gearbox;

import java.util.List;

/** Ends as the first of several ends. */
final class RacePollable<T> implements Pollable<T> {
    /** Null once finished. */
    private List<? extends Pollable<? extends T>> contestants;

    RacePollable(List<? extends Pollable<? extends T>> contestants) {
        this.contestants = List.copyOf(contestants);
        if (contestants.isEmpty()) {
            throw new IllegalArgumentException("a race needs at least one contestant");
        }
    }

    @Override
    public Poll<T> poll(Waker waker) throws Exception {
        if (contestants == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        for (Pollable<? extends T> one : contestants) {
            boolean pending = false;
            try {
                Poll<? extends T> poll = one.poll(waker);
                pending = !poll.isReady();
                if (!pending) {
                    return Poll.ready(poll.value());
                }
            } finally {
                if (!pending) {
                    closeAllBut(one);
                }
            }
        }
        return Poll.pending();
    }

    @Override
    public void close() {
        closeAllBut(null);
    }

    private void closeAllBut(Pollable<? extends T> winner) {
        List<? extends Pollable<? extends T>> all = contestants;
        contestants = null;
        if (all != null) {
            all.forEach(one -> {
                if (one != winner) {
                    one.close();
                }
            });
        }
    }
}
