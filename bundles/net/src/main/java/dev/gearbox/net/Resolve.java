package dev.gearbox.net;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.Waker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/** Resolves a host name in a blocking task, which is started by the first poll. */
final class Resolve implements Pollable<List<InetSocketAddress>> {
    private final AsyncRuntime runtime;
    private final InetSocketAddress name;
    private Task<List<InetSocketAddress>> task;
    private boolean finished;

    Resolve(AsyncRuntime runtime, InetSocketAddress name) {
        this.runtime = runtime;
        this.name = name;
    }

    @Override
    public Poll<List<InetSocketAddress>> poll(Waker waker) throws Exception {
        if (finished) {
            throw new IllegalStateException("polled again after it had finished");
        }
        boolean pending = false;
        try {
            if (task == null) {
                task = runtime.task().name("resolve " + name.getHostString()).spawnBlocking(this::lookUp);
            }
            Poll<List<InetSocketAddress>> poll = task.poll(waker);
            pending = !poll.isReady();
            return poll;
        } finally {
            finished = !pending;
        }
    }

    private List<InetSocketAddress> lookUp() throws Exception {
        return Stream.of(InetAddress.getAllByName(name.getHostString()))
                .map(address -> new InetSocketAddress(address, name.getPort()))
                .toList();
    }

    @Override
    public void close() {
        if (!finished && task != null) {
            task.cancel();
        }
        finished = true;
    }
}
