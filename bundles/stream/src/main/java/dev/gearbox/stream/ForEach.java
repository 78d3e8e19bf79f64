package dev.gearbox.stream;

/** Acts on all elements of a stream. */
final class ForEach<T> extends Drain<T, Void> {
    private final CheckedConsumer<? super T> action;

    ForEach(AsyncStream<T> source, CheckedConsumer<? super T> action) {
        super(source);
        this.action = action;
    }

    @Override
    void accept(T element) throws Exception {
        action.accept(element);
    }

    @Override
    Void result() {
        return null;
    }
}
