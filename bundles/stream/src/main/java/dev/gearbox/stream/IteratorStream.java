package dev.gearbox.stream;

import dev.gearbox.Poll;
import dev.gearbox.Waker;
import java.util.Iterator;
import java.util.Objects;

/** What an iterator returns; never pending. */
final class IteratorStream<T> implements AsyncStream<T> {
    /** Null once finished. */
    private Iterator<? extends T> iterator;

    IteratorStream(Iterator<? extends T> iterator) {
        this.iterator = iterator;
    }

    @Override
    public Poll<T> pollNext(Waker waker) {
        Iterator<? extends T> current = iterator;
        if (current == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        T element = null;
        try {
            if (current.hasNext()) {
                element = Objects.requireNonNull(current.next(), "the iterator returned null, which would be the end");
            }
            return Poll.ready(element);
        } finally {
            if (element == null) {
                iterator = null;
            }
        }
    }

    @Override
    public void forgetWaker() {
        // It is never pending, so it never keeps a waker.
    }

    @Override
    public void close() {
        iterator = null;
    }
}
