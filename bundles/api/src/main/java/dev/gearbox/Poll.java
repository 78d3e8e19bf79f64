package dev.gearbox;

/**
 * The outcome of one poll: {@link Ready} with a value, or {@link Pending}.
 *
 * <p>Immutable. {@link #pending()} and {@code ready(null)} are shared constants, so that neither a poll that has to wait
 * nor one that ends without a value allocates.
 *
 * @param <T> the type of the value
 */
public sealed interface Poll<T> {
    /** The value is here; the pollable must not be polled again. */
    record Ready<T>(T value) implements Poll<T> {
        private static final Ready<?> EMPTY = new Ready<>(null);

        @Override
        public boolean isReady() {
            return true;
        }
    }

    /** Not yet; the waker given to the poll will be woken when another poll is worth it. */
    final class Pending<T> implements Poll<T> {
        private static final Pending<?> INSTANCE = new Pending<>();

        private Pending() {}

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public T value() {
            throw new IllegalStateException("value() of a pending poll");
        }

        @Override
        public String toString() {
            return "Pending";
        }
    }

    /** Returns whether this is {@link Ready}. */
    boolean isReady();

    /**
     * Returns the value.
     *
     * @throws IllegalStateException if this is {@link Pending}
     */
    T value();

    /** Returns the outcome with this value, which may be null. */
    @SuppressWarnings("unchecked")
    static <T> Poll<T> ready(T value) {
        return value == null ? (Poll<T>) Ready.EMPTY : new Ready<>(value);
    }

    /** Returns the outcome without a value yet. */
    @SuppressWarnings("unchecked")
    static <T> Poll<T> pending() {
        return (Poll<T>) Pending.INSTANCE;
    }
}
