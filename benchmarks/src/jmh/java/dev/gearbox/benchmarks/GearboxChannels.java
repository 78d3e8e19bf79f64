package dev.gearbox.benchmarks;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.sync.Channel;
import dev.gearbox.sync.Receiver;
import dev.gearbox.sync.Sender;
import java.util.concurrent.atomic.AtomicLong;

/** {@link Channel} between tasks in polled style. */
final class GearboxChannels implements ChannelEngine {
    private final GearboxEngine engine;

    GearboxChannels(GearboxEngine engine) {
        this.engine = engine;
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public void send(int messages, int senders, int receivers, int capacity) throws Exception {
        Channel<Integer> channel = Channel.bounded(capacity);
        Finish finish = new Finish(receivers);
        AtomicLong sum = new AtomicLong();
        int each = messages / senders;
        Sending[] all = new Sending[senders];
        for (int i = 0; i < senders; i++) {
            all[i] = new Sending(channel.sender(), i * each + 1, (i + 1) * each);
        }
        for (int i = 0; i < receivers; i++) {
            engine.runtime().spawn(new Receiving(channel.receiver(), sum, finish));
        }
        for (Sending sending : all) {
            engine.runtime().spawn(sending);
        }
        finish.await();
        ChannelEngine.check(sum.get(), messages);
    }

    private static final class Sending implements Pollable<Void> {
        private final Sender<Integer> sender;
        private final int last;
        private int next;
        private Pollable<Void> present;

        Sending(Sender<Integer> sender, int first, int last) {
            this.sender = sender;
            this.next = first;
            this.last = last;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            while (next <= last) {
                if (present == null) {
                    present = sender.send(next);
                }
                if (!present.poll(waker).isReady()) {
                    return Poll.pending();
                }
                present = null;
                next++;
            }
            sender.close();
            return Poll.ready(null);
        }
    }

    private static final class Receiving implements Pollable<Void> {
        private final Receiver<Integer> receiver;
        private final AtomicLong sum;
        private final Finish finish;
        private long received;

        Receiving(Receiver<Integer> receiver, AtomicLong sum, Finish finish) {
            this.receiver = receiver;
            this.sum = sum;
            this.finish = finish;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            while (true) {
                Poll<Integer> next = receiver.pollNext(waker);
                if (!next.isReady()) {
                    return Poll.pending();
                }
                if (next.value() == null) {
                    sum.addAndGet(received);
                    receiver.close();
                    finish.arrive();
                    return Poll.ready(null);
                }
                received += next.value();
            }
        }
    }
}
