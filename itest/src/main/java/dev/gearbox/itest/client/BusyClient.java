package dev.gearbox.itest.client;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.IoSource;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Spawns tasks that never end by themselves, one of each kind, and gives the runtime back at once. */
public final class BusyClient implements BundleActivator {
    /** How many tasks it spawns. */
    public static final int TASKS = 6;

    private static final Duration LONG = Duration.ofDays(1);

    /** Keeps the writing end from being closed as garbage, which would end the read. */
    private Pipe pipe;

    /** Called by the framework. */
    public BusyClient() {}

    @Override
    public void start(BundleContext context) throws Exception {
        ServiceReference<AsyncRuntime> reference = context.getServiceReference(AsyncRuntime.class);
        AsyncRuntime runtime = context.getService(reference);
        runtime.task().name("sleeping").spawn(runtime.sleep(LONG));
        runtime.task().name("sleeping directly").spawn(() -> runtime.sleep(LONG).await());
        runtime.task().name("awaiting").spawn(() -> Pollable.never().await());
        runtime.task().name("yielding").spawn(waker -> {
            waker.wake();
            return Poll.pending();
        });
        runtime.task().name("blocked").interruptible().spawnBlocking(() -> {
            new java.util.concurrent.CountDownLatch(1).await();
            return null;
        });
        runtime.task().name("reading").spawn(read(runtime));
        context.ungetService(reference);
    }

    private Pollable<Integer> read(AsyncRuntime runtime) throws Exception {
        pipe = Pipe.open();
        IoSource source = runtime.register(pipe.source());
        ByteBuffer buffer = ByteBuffer.allocate(1);
        return waker -> {
            int count = ((ReadableByteChannel) source.channel()).read(buffer);
            if (count != 0) {
                return Poll.ready(count);
            }
            source.wakeWhenReadable(waker);
            return Poll.pending();
        };
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        pipe.sink().close();
    }
}
