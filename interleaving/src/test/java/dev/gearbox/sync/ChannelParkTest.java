package dev.gearbox.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gearbox.Pollable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** Senders and receivers under the model checker; one that is left waiting is reported as a deadlock. */
class ChannelParkTest {
    private static final int INVOCATIONS = 2_000;

    private static final class Scene {
        final Channel<Integer> channel;
        final AtomicInteger sum = new AtomicInteger();

        Scene(int capacity) {
            channel = Channel.bounded(capacity);
        }

        Runnable sending(int... messages) {
            Sender<Integer> sender = channel.sender();
            return () -> {
                for (int message : messages) {
                    Blocking.get(sender.send(message));
                }
                sender.close();
            };
        }

        Runnable receivingOne() {
            Receiver<Integer> receiver = channel.receiver();
            return () -> {
                Integer message = Blocking.get(receiver.receive());
                sum.addAndGet(message == null ? 0 : message);
            };
        }
    }

    private static void run(Runnable one, Runnable two, Runnable three) {
        Thread first = new Thread(one);
        Thread second = new Thread(two);
        first.start();
        second.start();
        three.run();
        Blocking.join(first);
        Blocking.join(second);
    }

    @Test
    void two_messages_reach_two_who_wait() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene(2);
            run(scene.receivingOne(), scene.receivingOne(), scene.sending(1, 2));
            assertEquals(3, scene.sum.get());
            assertEquals(0, scene.channel.buffer.waiting());
        });
    }

    @Test
    void senders_take_turns_at_one_place() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene(1);
            Runnable receiving = scene.receivingOne();
            Runnable receivingMore = scene.receivingOne();
            run(scene.sending(1), scene.sending(2), () -> {
                receiving.run();
                receivingMore.run();
            });
            assertEquals(3, scene.sum.get());
            assertEquals(0, scene.channel.buffer.waiting());
        });
    }

    @Test
    void all_who_wait_learn_of_the_end() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene(1);
            run(scene.receivingOne(), scene.receivingOne(), scene.sending(1));
            assertEquals(1, scene.sum.get());
            assertEquals(0, scene.channel.buffer.waiting());
        });
    }

    @Test
    void a_sender_that_gives_up_passes_the_room_on() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene(1);
            Sender<Integer> impatient = scene.channel.sender();
            Receiver<Integer> receiver = scene.channel.receiver();
            impatient.trySend(1);
            Pollable<Void> givenUp = impatient.send(2);
            poll(givenUp);
            run(scene.sending(4), receiver::tryReceive, givenUp::close);
            assertEquals(4, receiver.tryReceive());
            assertEquals(0, scene.channel.buffer.waiting());
        });
    }

    private static void poll(Pollable<?> pollable) {
        try {
            pollable.poll(() -> {});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
