package dev.gearbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.stream.CheckedConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real threads; hunts for wakes lost between "nothing there" and "now I wait", and for torn hand-overs in the ring. */
class ChannelStressTest {
    private static final int SENDERS = 3;
    private static final int RECEIVERS = 3;
    private static final int MESSAGES = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS + RECEIVERS);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void threads_exchange_all_messages_once_and_in_order(int capacity) throws Exception {
        Channel<Long> channel = Channel.bounded(capacity);
        List<Future<?>> senders = new ArrayList<>();
        List<Future<List<Long>>> receivers = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(threads.submit(sending(i, channel.sender())));
        }
        for (int i = 0; i < RECEIVERS; i++) {
            receivers.add(threads.submit(receiving(i, channel.receiver())));
        }
        int[] counts = new int[SENDERS];
        for (Future<?> sender : senders) {
            sender.get(60, TimeUnit.SECONDS);
        }
        for (Future<List<Long>> receiver : receivers) {
            long[] latest = new long[SENDERS];
            for (long message : receiver.get(60, TimeUnit.SECONDS)) {
                int sender = (int) (message >>> 32);
                long number = message & 0xffff_ffffL;
                assertThat(number).isGreaterThan(latest[sender]);
                latest[sender] = number;
                counts[sender]++;
            }
        }

        assertThat(counts).containsOnly(MESSAGES);
        assertThat(channel.buffer.waiting()).isZero();
    }

    /** Hunts for a message between "there is none" and "now I wait": no other would ever wake the receiver. */
    @Test
    void a_single_message_while_the_receiver_begins_to_wait_is_not_missed() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        Receiver<Integer> receiver = channel.receiver();
        Sender<Integer> sender = channel.sender();
        meet(round -> receiver.receive().await(PATIENCE), round -> sender.trySend(round));
    }

    /** Hunts for room between "there is none" and "now I wait": no other would ever wake the sender. */
    @Test
    void a_single_room_while_the_sender_begins_to_wait_is_not_missed() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        Receiver<Integer> receiver = channel.receiver();
        Sender<Integer> sender = channel.sender();
        sender.trySend(0);
        meet(round -> sender.send(round).await(PATIENCE), round -> receiver.tryReceive());
    }

    /** Lets one thread wait once in each round, and this thread do once what it waits for, at about the same time. */
    private void meet(CheckedConsumer<Integer> waits, CheckedConsumer<Integer> gives) throws Exception {
        int rounds = 100_000;
        Random random = new Random(1);
        AtomicInteger begun = new AtomicInteger();
        Future<Void> waiting = threads.submit(() -> {
            for (int round = 1; round <= rounds; round++) {
                begun.set(round);
                waits.accept(round);
            }
            return null;
        });
        for (int round = 1; round <= rounds; round++) {
            while (begun.get() != round && !waiting.isDone()) {
                Thread.onSpinWait();
            }
            for (int spins = random.nextInt(100); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            gives.accept(round);
        }
        waiting.get(60, TimeUnit.SECONDS);
    }

    private static Callable<Void> sending(int id, Sender<Long> sender) {
        return () -> {
            try (sender) {
                Random random = new Random(id);
                for (long number = 1; number <= MESSAGES; number++) {
                    while (!send(sender, (long) id << 32 | number, random.nextInt(16) == 0)) {
                        Thread.onSpinWait();
                    }
                }
            }
            return null;
        };
    }

    /** Sends, or gives the wait up at once; returns whether it has sent. */
    private static boolean send(Sender<Long> sender, long message, boolean impatient) throws Exception {
        try {
            if (impatient) {
                sender.send(message).await(Duration.ZERO);
            } else {
                sender.send(message).await();
            }
            return true;
        } catch (TimeoutException givenUp) {
            return false;
        }
    }

    private static Callable<List<Long>> receiving(int id, Receiver<Long> receiver) {
        return () -> {
            List<Long> received = new ArrayList<>();
            Random random = new Random(100 + id);
            try (receiver) {
                while (true) {
                    Long message;
                    try {
                        message = random.nextInt(16) == 0
                                ? receiver.next().await(Duration.ZERO)
                                : receiver.next().await();
                    } catch (TimeoutException givenUp) {
                        continue;
                    }
                    if (message == null) {
                        return received;
                    }
                    received.add(message);
                }
            }
        };
    }
}
