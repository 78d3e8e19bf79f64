package dev.gearbox.stream;

import java.util.function.BiConsumer;
import java.util.stream.Collector;

/** Gives all elements of a stream to a collector. */
final class Collect<T, A, R> extends Drain<T, R> {
    private final Collector<? super T, A, R> collector;
    private final BiConsumer<A, ? super T> accumulator;

    /** Null until it is needed, since a pollable does nothing before its first poll. */
    private A container;

    private boolean started;

    Collect(AsyncStream<T> source, Collector<? super T, A, R> collector) {
        super(source);
        this.collector = collector;
        accumulator = collector.accumulator();
    }

    @Override
    void accept(T element) {
        accumulator.accept(container(), element);
    }

    @Override
    R result() {
        return collector.finisher().apply(container());
    }

    private A container() {
        if (!started) {
            started = true;
            container = collector.supplier().get();
        }
        return container;
    }
}
