package dev.gearbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChannelModelTest {
    private static final int SEEDS = 1_500;

    private record Message(int sender, int number) {}

    private static final class Producer implements Actors.Actor {
        private final Actors actors;
        private final Sender<Message> sender;
        private final int id;
        private final Set<Message> sent;
        private Pollable<Void> send;
        private Message message;
        private int numbers;
        int allowed;
        boolean closes;
        boolean finished;

        Producer(Actors actors, Sender<Message> sender, int id, Set<Message> sent) {
            this.actors = actors;
            this.sender = sender;
            this.id = id;
            this.sent = sent;
        }

        @Override
        public boolean turn(Waker waker) throws Exception {
            if (finished) {
                return false;
            }
            if (send != null && actors.random.nextInt(30) == 0) {
                send.close();
                send = null;
                return true;
            }
            if (send == null) {
                if (numbers == allowed) {
                    finished = closes;
                    if (closes) {
                        sender.close();
                    }
                    return false;
                }
                message = new Message(id, numbers++);
                if (actors.random.nextInt(4) == 0) {
                    if (sender.trySend(message)) {
                        sent.add(message);
                    }
                    return true;
                }
                send = sender.send(message);
            }
            if (!send.poll(waker).isReady()) {
                return false;
            }
            sent.add(message);
            send = null;
            return true;
        }
    }

    private static final class Consumer implements Actors.Actor {
        private final Actors actors;
        private final Receiver<Message> receiver;
        private final List<Message> received;
        private Pollable<Message> next;
        int allowed;
        boolean finished;

        Consumer(Actors actors, Receiver<Message> receiver, List<Message> received) {
            this.actors = actors;
            this.receiver = receiver;
            this.received = received;
        }

        @Override
        public boolean turn(Waker waker) throws Exception {
            if (finished) {
                return false;
            }
            if (next != null && actors.random.nextInt(30) == 0) {
                next.close();
                next = null;
                return true;
            }
            if (next == null) {
                if (allowed-- <= 0) {
                    return false;
                }
                if (actors.random.nextInt(4) == 0) {
                    Message message = receiver.tryReceive();
                    if (message != null) {
                        received.add(message);
                    }
                    return true;
                }
                next = receiver.receive();
            }
            Poll<Message> poll = next.poll(waker);
            if (!poll.isReady()) {
                return false;
            }
            next = null;
            if (poll.value() == null) {
                finished = true;
                receiver.close();
                return false;
            }
            received.add(poll.value());
            return true;
        }
    }

    @Test
    void every_message_that_was_sent_is_received_once_and_in_order_and_all_come_to_an_end() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Actors actors = new Actors(seed);
            Channel<Message> channel = Channel.bounded(1 + actors.random.nextInt(5));
            Set<Message> sent = new HashSet<>();
            List<Message> received = new ArrayList<>();
            List<Producer> producers = new ArrayList<>();
            List<Consumer> consumers = new ArrayList<>();
            int producing = 1 + actors.random.nextInt(8);
            int consuming = 1 + actors.random.nextInt(8);
            for (int i = 0; i < producing; i++) {
                producers.add(new Producer(actors, channel.sender(), i, sent));
                actors.add(producers.get(i));
            }
            for (int i = 0; i < consuming; i++) {
                consumers.add(new Consumer(actors, channel.receiver(), received));
                actors.add(consumers.get(i));
            }

            for (int burst = 0; burst < 12; burst++) {
                producers.forEach(producer -> producer.allowed += actors.random.nextInt(6));
                consumers.forEach(consumer -> consumer.allowed = actors.random.nextInt(6));
                actors.wakeAll();
                actors.run();
                assertNobodyWaitsInVain(seed, channel, producers, consumers);
            }
            producers.forEach(producer -> producer.closes = true);
            consumers.forEach(consumer -> consumer.allowed = Integer.MAX_VALUE);
            actors.wakeAll();
            actors.run();

            assertThat(producers).as("seed %d", seed).allMatch(producer -> producer.finished);
            assertThat(consumers).as("seed %d", seed).allMatch(consumer -> consumer.finished);
            assertThat(received).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(sent);
            assertInOrder(seed, received, producing);
            assertThat(channel.buffer.waiting()).as("seed %d", seed).isZero();
        }
    }

    private static void assertNobodyWaitsInVain(
            int seed, Channel<?> channel, List<Producer> producers, List<Consumer> consumers) {
        if (channel.size() > 0) {
            assertThat(consumers).as("seed %d, messages inside", seed).allMatch(consumer -> consumer.next == null);
        }
        if (channel.size() < channel.capacity()) {
            assertThat(producers).as("seed %d, room inside", seed).allMatch(producer -> producer.send == null);
        }
    }

    private static void assertInOrder(int seed, List<Message> received, int producing) {
        for (int i = 0; i < producing; i++) {
            int sender = i;
            assertThat(received.stream().filter(m -> m.sender() == sender).map(Message::number))
                    .as("seed %d, sender %d", seed, i)
                    .isSorted();
        }
    }
}
