package dev.gearbox.itest.client;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.BlockedTaskListener;
import dev.gearbox.BlockedTaskReport;
import dev.gearbox.spi.Run;
import dev.gearbox.spi.WorkerThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Listens to reports of blocked tasks, and has tasks that are reported.
 *
 * <p>Its services: an {@link AtomicReference} says what the listener does after it has noted the report ({@code return},
 * {@code throw} or {@code block}), a {@link BlockingQueue} has its notes, a {@link Runnable} spawns a task that blocks until
 * then, and a {@link Callable} one that is reported, from a new place each time, as its scheduler would.
 */
public final class ListeningClient implements BundleActivator {
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private final AtomicReference<String> manner = new AtomicReference<>("return");
    private final AtomicInteger place = new AtomicInteger();
    private final CountDownLatch noted = new CountDownLatch(1);

    /** Called by the framework. */
    public ListeningClient() {}

    @Override
    public void start(BundleContext context) {
        AsyncRuntime runtime = context.getService(context.getServiceReference(AsyncRuntime.class));
        BlockedTaskListener listener = (report, leftOut) -> blocked(report);
        Runnable blocking = () -> runtime.spawn(this::blockUntilNoted);
        Callable<?> reported = () -> runtime.spawn(this::reportItself).await(Duration.ofSeconds(20));
        context.registerService(BlockedTaskListener.class, listener, null);
        context.registerService(BlockingQueue.class, notes, null);
        context.registerService(AtomicReference.class, manner, null);
        context.registerService(Runnable.class, blocking, null);
        context.registerService(Callable.class, reported, null);
    }

    private void blocked(BlockedTaskReport report) {
        notes.add(report.task().owner() + " at "
                + report.callSite().map(StackTraceElement::getMethodName).orElse("unknown"));
        noted.countDown();
        switch (manner.get()) {
            case "throw" -> throw new UnexpectedReport();
            case "block" -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException takenAway) {
                    Thread.currentThread().interrupt();
                }
            }
            default -> { }
        }
    }

    private Void blockUntilNoted() throws InterruptedException {
        noted.await();
        return null;
    }

    private Void reportItself() {
        Run run = ((WorkerThread) Thread.currentThread()).currentRun();
        run.report(new BlockedTaskReport(
                run.task(),
                BlockedTaskReport.Kind.BLOCKED,
                BlockedTaskReport.Action.NONE_NEEDED,
                "test",
                Thread.currentThread().getName(),
                List.of(new StackTraceElement(
                        ListeningClient.class.getName(), "place" + place.incrementAndGet(), "ListeningClient.java", 1)),
                Duration.ofMillis(20),
                true,
                0,
                Duration.ZERO,
                Optional.empty()));
        return null;
    }

    @Override
    public void stop(BundleContext context) {
        // the services go by themselves
    }

    /** What the listener throws, of a class of this bundle. */
    private static final class UnexpectedReport extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
