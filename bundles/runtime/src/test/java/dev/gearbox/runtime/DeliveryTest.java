package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedTaskListener;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners may do to reports, and reports to listeners. */
@Timeout(30)
class DeliveryTest {
    private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();

    private static Delivery to(BlockedTaskListener listener) {
        return new Delivery(listener, "test");
    }

    private static boolean offer(Delivery delivery, long task) {
        return delivery.offer(Reports.at(10, task, 20), 0);
    }

    @Test
    void reports_come_in_their_order() throws Exception {
        Delivery delivery = to((report, leftOut) -> told.add(report.task().id()));
        for (long task = 0; task < 50; task++) {
            assertThat(offer(delivery, task)).isTrue();
        }
        for (long task = 0; task < 50; task++) {
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(task);
        }
    }

    @Test
    void the_thread_ends_when_nothing_is_left_and_the_next_report_starts_another() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        Delivery delivery = to((report, leftOut) -> threads.add(Thread.currentThread()));
        offer(delivery, 1);
        Thread first = threads.poll(20, TimeUnit.SECONDS);
        first.join();
        offer(delivery, 2);
        Thread second = threads.poll(20, TimeUnit.SECONDS);
        second.join();
        assertThat(second).isNotSameAs(first);
    }

    @Test
    void a_listener_that_throws_is_told_again_and_logged_once() throws Exception {
        List<LogRecord> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(Delivery.class.getName());
        Handler handler = collecting(logged);
        logger.addHandler(handler);
        try {
            Delivery delivery = to((report, leftOut) -> {
                told.add(report.task().id());
                throw new AssertionError("expected in this test");
            });
            offer(delivery, 1);
            offer(delivery, 2);
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(2);
            offer(delivery, 3);
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(3);
            Eventually.until("logged", () -> !logged.isEmpty());
            assertThat(logged).hasSize(1);
            assertThat(logged.get(0).getMessage()).contains("test");
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void what_one_listener_does_to_its_thread_the_next_report_does_not_meet() throws Exception {
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        Delivery delivery = to((report, leftOut) -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        });
        offer(delivery, 1);
        offer(delivery, 2);
        assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isFalse();
        assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void behind_a_listener_that_blocks_so_many_reports_wait_and_the_others_are_dropped_and_counted() throws Exception {
        BlockedTasks tasks = new BlockedTasks(System::nanoTime, 1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        tasks.add(
                (report, leftOut) -> {
                    inside.countDown();
                    awaitQuietly(release);
                    calls.incrementAndGet();
                },
                "blocking");
        tasks.report(Reports.at(1, 1, 20));
        inside.await();
        tasks.add((report, leftOut) -> told.add(report.task().id()), "other");
        for (int line = 2; line <= Delivery.MOST_WAITING + 4; line++) {
            tasks.report(Reports.at(line, line, 20));
            assertThat(told.poll(20, TimeUnit.SECONDS)).as("what the other listener was told").isEqualTo(line);
        }
        assertThat(tasks.dropped()).isGreaterThanOrEqualTo(3);
        release.countDown();
        Eventually.until("all that waited are told", () -> calls.get() == Delivery.MOST_WAITING + 1);
        tasks.close();
    }

    @Test
    void a_listener_that_is_taken_away_in_the_middle_of_a_call_is_interrupted_and_let_go() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        Delivery delivery = to((report, leftOut) -> {
            threads.add(Thread.currentThread());
            awaitQuietly(new CountDownLatch(1));
        });
        offer(delivery, 1);
        offer(delivery, 2);
        Thread thread = threads.poll(20, TimeUnit.SECONDS);
        delivery.close();
        thread.join();
        assertThat(threads).as("calls after the close").isEmpty();
        assertThat(offer(delivery, 3)).isTrue();
        assertThat(threads).isEmpty();
    }

    @Test
    void the_thread_takes_nothing_over_from_whoever_reports() throws Exception {
        InheritableThreadLocal<String> inheritable = new InheritableThreadLocal<>();
        BlockingQueue<String> found = new LinkedBlockingQueue<>();
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            Thread reporter = new Thread(() -> {
                inheritable.set("inherited");
                Thread.currentThread().setContextClassLoader(loader);
                offer(
                        to((report, leftOut) -> {
                            Thread here = Thread.currentThread();
                            found.add(here.isDaemon() + " " + inheritable.get() + " "
                                    + (here.getContextClassLoader() == loader));
                        }),
                        1);
            });
            reporter.start();
            assertThat(found.poll(20, TimeUnit.SECONDS)).isEqualTo("true null false");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException takenAway) {
            Thread.currentThread().interrupt();
        }
    }

    private static Handler collecting(List<LogRecord> records) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
