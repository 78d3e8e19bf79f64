package dev.gearbox.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.poll.ChannelPair;
import dev.gearbox.poll.ChannelPair.Kind;
import dev.gearbox.spi.IoRegistration;
import dev.gearbox.spi.PollRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several threads read one channel each, as a task would, while the polling changes hands; bytes are sent before, while
 * and after a reader arms. A lost wake stops a reader for good; a second one is counted.
 */
@Timeout(180)
class ReactorStressTest {
    private static final int READERS = 3;
    private static final int ROUNDS = 3_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void every_reader_gets_all_that_is_sent_and_no_waker_is_woken_twice(long seed) throws Exception {
        List<ChannelPair> pairs = new ArrayList<>();
        List<Reader> readers = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        try (NioReactor reactor = new NioReactor()) {
            Thread changing = new Thread(() -> changeHands(reactor, over, new Random(seed)));
            changing.start();
            for (int i = 0; i < READERS; i++) {
                ChannelPair pair = ChannelPair.open(Kind.values()[i % Kind.values().length]);
                pairs.add(pair);
                readers.add(new Reader(reactor, pair, new Random(seed * 100 + i)));
            }
            readers.forEach(Thread::start);
            for (Reader reader : readers) {
                reader.join();
            }
            over.set(true);
            changing.join();
            assertThat(reactor.statistics().waiting()).isZero();
        }
        for (Reader reader : readers) {
            assertThat(reader.failure).isNull();
            assertThat(reader.received).isEqualTo(ROUNDS);
            assertThat(reader.twice).hasValue(0);
        }
        for (ChannelPair pair : pairs) {
            pair.close();
        }
    }

    private static final class Reader extends Thread {
        final NioReactor reactor;
        final ChannelPair pair;
        final Random random;
        final AtomicInteger twice = new AtomicInteger();
        int received;
        Throwable failure;

        Reader(NioReactor reactor, ChannelPair pair, Random random) {
            this.reactor = reactor;
            this.pair = pair;
            this.random = random;
        }

        @Override
        public void run() {
            try {
                IoRegistration registration = reactor.register(pair.reader);
                int sent = 0;
                while (received < ROUNDS) {
                    boolean early = random.nextBoolean();
                    if (early && sent < ROUNDS) {
                        pair.send();
                        sent++;
                    }
                    if (random.nextInt(4) > 0) {
                        received += pair.receive(1);
                    }
                    CountDownLatch woken = new CountDownLatch(1);
                    AtomicBoolean once = new AtomicBoolean();
                    registration.wakeWhenReadable(() -> {
                        if (!once.compareAndSet(false, true)) {
                            twice.incrementAndGet();
                        }
                        woken.countDown();
                    });
                    if (sent == received && sent < ROUNDS) {
                        pair.send();
                        sent++;
                    } else if (sent == received) {
                        registration.close();
                    }
                    if (!woken.await(30, TimeUnit.SECONDS)) {
                        throw new AssertionError("a wake was lost after " + received);
                    }
                    if (random.nextInt(200) == 0) {
                        registration.close();
                        registration = reactor.register(pair.reader);
                    }
                    received += pair.receive(1);
                }
                registration.close();
            } catch (Throwable e) {
                failure = e;
            }
        }
    }

    private static void changeHands(NioReactor reactor, AtomicBoolean over, Random random) {
        while (!over.get()) {
            try (PollRole role = reactor.announce(() -> {})) {
                for (int i = random.nextInt(50); i >= 0; i--) {
                    role.poll(random.nextBoolean() ? 0 : random.nextInt(2_000_000));
                }
            }
            long start = System.nanoTime();
            while (System.nanoTime() - start < 1_000_000) {
                Thread.yield();
            }
        }
    }
}
