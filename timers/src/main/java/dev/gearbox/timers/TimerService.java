package dev.gearbox.timers;

import dev.gearbox.Waker;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Timer;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersStatistics;
import dev.gearbox.support.Clock;
import dev.gearbox.support.Parker;
import dev.gearbox.support.PollDuty;
import dev.gearbox.support.ThreadParker;
import dev.gearbox.support.Wakes;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;

/**
 * The {@link Timers} service: wakes to the nanosecond as far as it is polled in time, by its own thread
 * {@code gearbox-timers} or by a scheduler; a deadline more than 146 years ahead counts as 146 years ahead.
 *
 * <p>It has no options of its own; changed service properties are taken in place, and no timer notices.
 */
@Component(service = Timers.class, configurationPid = "dev.gearbox.timers")
public final class TimerService implements Timers {
    private static final int MOST_STRIPES = 16;

    private final Clock clock;

    /** When this service was made: most deadlines are seen to be normal without another look at the clock, some 25 ns. */
    private final long epoch;

    private final TimerQueue queue;
    private final TimerPoller poller;
    private final PollDuty duty;

    /** Makes a service on the system's clock and starts its thread. */
    @Activate
    public TimerService() {
        this(Clock.SYSTEM, ThreadParker::new);
    }

    TimerService(Clock clock, Function<Thread, Parker> parkers) {
        int processors = Math.min(MOST_STRIPES, Runtime.getRuntime().availableProcessors());
        this.clock = clock;
        this.epoch = clock.nanoTime();
        this.queue = new TimerQueue(Integer.highestOneBit(2 * processors - 1));
        this.poller = new TimerPoller(queue, clock, parkers);
        this.duty = new PollDuty("gearbox-timers", poller);
        duty.start();
    }

    @Override
    public Timer arm(long deadline, Waker waker) {
        Objects.requireNonNull(waker, "waker");
        long normal = Deadlines.isNormal(deadline, epoch) ? deadline : Deadlines.normalise(deadline, clock.nanoTime());
        Timer timer = queue.add(normal, waker);
        if (timer == null) {
            throw new RejectedExecutionException("the timer service has closed");
        }
        if (!poller.shorten(normal)) {
            duty.tellHolder(normal);
        }
        return timer;
    }

    @Override
    public PollRole announce(Runnable wakeUp) {
        return duty.announce(wakeUp);
    }

    @Override
    public TimersStatistics statistics() {
        long[] counts = queue.counts();
        return new TimersStatistics((int) counts[0], counts[1], counts[2], poller.polls(), duty.ownThread());
    }

    /** Takes over new service properties, of which it reads none. */
    @Modified
    void modified() {
        // with no such method a change of configuration would replace the service
    }

    /** Refuses from now on, wakes every waiter and ends the thread. */
    @Override
    @Deactivate
    public void close() {
        queue.close().forEach(Wakes::deliver);
        duty.close();
    }
}
