package dev.gearbox.benchmarks;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** {@link ArrayBlockingQueue} between virtual threads; a message of zero says that there are no more. */
final class VirtualChannels implements ChannelEngine {
    private final ThreadFactory threads = Peers.virtual();

    @Override
    public void close() {}

    @Override
    public void send(int messages, int senders, int receivers, int capacity) throws Exception {
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(capacity);
        Finish finish = new Finish(receivers);
        AtomicLong sum = new AtomicLong();
        AtomicInteger open = new AtomicInteger(senders);
        int each = messages / senders;
        for (int i = 0; i < receivers; i++) {
            threads.newThread(() -> receive(queue, sum, finish)).start();
        }
        for (int i = 0; i < senders; i++) {
            int first = i * each + 1;
            threads.newThread(() -> send(queue, first, first + each, open, receivers)).start();
        }
        finish.await();
        ChannelEngine.check(sum.get(), messages);
    }

    private static void send(BlockingQueue<Integer> queue, int from, int to, AtomicInteger open, int receivers) {
        try {
            for (int i = from; i < to; i++) {
                queue.put(i);
            }
            if (open.decrementAndGet() == 0) {
                for (int i = 0; i < receivers; i++) {
                    queue.put(0);
                }
            }
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }

    private static void receive(BlockingQueue<Integer> queue, AtomicLong sum, Finish finish) {
        try {
            long received = 0;
            for (int next = queue.take(); next != 0; next = queue.take()) {
                received += next;
            }
            sum.addAndGet(received);
            finish.arrive();
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }
}
