package dev.gearbox.contract;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The simplest scheduler that keeps the contract: two queues under one lock. It exists so that the contract's tests can
 * be tested, and breaks the contract in chosen ways so that they can be seen to notice.
 */
final class ReferenceScheduler implements Scheduler {
    /** A way to break the contract. */
    enum Fault {
        DROPS_EVERY_100TH,
        RUNS_EVERY_100TH_TWICE,
        RUNS_ON_THE_CALLERS_STACK,
        LOSES_RUNS_AT_CLOSE,
        LOSES_RUNS_AT_HAND_BACK,
        DROPS_PLAIN_RUNNABLES_AT_CLOSE,
        ACCEPTS_AFTER_CLOSE,
        REFUSES_AND_RUNS,
        FORGETS_TO_WAKE,
        STARVES_THE_OLDEST,
        LOOKS_OUTSIDE_SELDOM,
        WORKER_DIES_OF_A_THROWABLE,
        KEEPS_INTERRUPTS,
        KEEPS_CONTEXT_CLASS_LOADERS,
        KEEPS_THREAD_NAMES,
        USER_THREADS,
        INHERITS_THREAD_LOCALS,
        DOES_NOT_PASS_THE_ROLE_ON,
        SLEEPS_AT_THE_CAP,
        WAITS_AT_CLOSE_FOR_EVER,
        LEAVES_A_THREAD,
        NEVER_RENEWS,
        COUNTS_WAITING_AS_RUNNING_TOO
    }

    private static final int MAX_BLOCKING = 16;

    private final AtomicLong sequence = new AtomicLong();
    private final Set<Fault> faults;
    private final Pool workers;
    private final Pool blocking = new Pool(MAX_BLOCKING, MAX_BLOCKING);
    private boolean closed;
    private long polls;
    private long handedBack;
    private long started;
    private long parks;
    private long unparks;
    private long handOvers;

    ReferenceScheduler(int parallelism, int maxThreads, Fault... faults) {
        this.faults = faults.length == 0 ? Set.of() : EnumSet.of(faults[0], faults);
        workers = new Pool(parallelism, maxThreads);
    }

    /** One queue with its threads; guarded by the scheduler's lock. */
    private final class Pool {
        final Deque<Runnable> queue = new ArrayDeque<>();
        final Deque<Runnable> outside = new ArrayDeque<>();
        final List<Worker> threads = new ArrayList<>();
        final int parallelism;
        final int maxThreads;
        int idle;
        int waiting;

        Pool(int parallelism, int maxThreads) {
            this.parallelism = parallelism;
            this.maxThreads = maxThreads;
        }

        int active() {
            return threads.size() - (has(Fault.DOES_NOT_PASS_THE_ROLE_ON) ? 0 : waiting);
        }

        void serve() {
            if (idle > 0) {
                if (!has(Fault.FORGETS_TO_WAKE) || sequence.get() % 50 != 49) {
                    unparks++;
                    lock().notifyAll();
                }
            } else if (active() < parallelism && threads.size() < maxThreads && !closed) {
                Worker worker = new Worker(this);
                threads.add(worker);
                started++;
                worker.start();
            }
        }
    }

    private Object lock() {
        return this;
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void execute(Runnable run) {
        accept(run, workers);
    }

    @Override
    public void executeBlocking(Runnable run) {
        accept(run, blocking);
    }

    private void accept(Runnable run, Pool pool) {
        long number = sequence.incrementAndGet();
        if (has(Fault.RUNS_ON_THE_CALLERS_STACK) && Thread.currentThread() instanceof Worker) {
            run.run();
            return;
        }
        if (has(Fault.DROPS_EVERY_100TH) && number % 100 == 0) {
            return;
        }
        synchronized (lock()) {
            if (closed && !has(Fault.ACCEPTS_AFTER_CLOSE)) {
                if (has(Fault.REFUSES_AND_RUNS) && run instanceof Run) {
                    run.run();
                }
                throw new RejectedExecutionException("the reference scheduler has closed");
            }
            boolean fromOutside = !(Thread.currentThread() instanceof Worker);
            (has(Fault.LOOKS_OUTSIDE_SELDOM) && fromOutside ? pool.outside : pool.queue).add(run);
            if (has(Fault.RUNS_EVERY_100TH_TWICE) && number % 100 == 0) {
                pool.queue.add(run);
            }
            pool.serve();
        }
    }

    private Runnable take(Pool pool) {
        if (has(Fault.LOOKS_OUTSIDE_SELDOM) && !pool.outside.isEmpty()) {
            boolean look = pool.queue.isEmpty() || sequence.get() % 500 == 0;
            return look ? pool.outside.poll() : pool.queue.poll();
        }
        return has(Fault.STARVES_THE_OLDEST) ? pool.queue.pollLast() : pool.queue.poll();
    }

    @Override
    public void handBack() {
        List<Run> taken = new ArrayList<>();
        synchronized (lock()) {
            takeRuns(workers, taken);
            takeRuns(blocking, taken);
        }
        if (!has(Fault.LOSES_RUNS_AT_HAND_BACK)) {
            taken.forEach(Run::handBack);
        }
    }

    private void takeRuns(Pool pool, List<Run> into) {
        int before = into.size();
        pool.queue.removeIf(run -> run instanceof Run owned && into.add(owned));
        handedBack += into.size() - before;
    }

    @Override
    public void renewThreads() {
        synchronized (lock()) {
            if (!has(Fault.NEVER_RENEWS)) {
                workers.threads.forEach(worker -> worker.retired = true);
                blocking.threads.forEach(worker -> worker.retired = true);
            }
            lock().notifyAll();
        }
    }

    @Override
    public void close() {
        List<Run> runs = new ArrayList<>();
        List<Runnable> plain = new ArrayList<>();
        List<Worker> threads = new ArrayList<>();
        synchronized (lock()) {
            closed = true;
            takeRuns(workers, runs);
            takeRuns(blocking, runs);
            plain.addAll(workers.queue);
            plain.addAll(blocking.queue);
            workers.queue.clear();
            blocking.queue.clear();
            threads.addAll(workers.threads);
            threads.addAll(blocking.threads);
            lock().notifyAll();
        }
        if (!has(Fault.LOSES_RUNS_AT_CLOSE)) {
            runs.forEach(Run::handBack);
        }
        if (!has(Fault.DROPS_PLAIN_RUNNABLES_AT_CLOSE)) {
            plain.forEach(ReferenceScheduler::runPlain);
        }
        joinBounded(threads, has(Fault.WAITS_AT_CLOSE_FOR_EVER) ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(1));
    }

    private static void runPlain(Runnable run) {
        try {
            run.run();
        } catch (Throwable failure) {
            System.getLogger("gearbox").log(System.Logger.Level.DEBUG, "a plain runnable failed", failure);
        }
    }

    private static void joinBounded(List<Worker> threads, long nanos) {
        boolean interrupted = Thread.interrupted();
        long start = System.nanoTime();
        for (Worker worker : threads) {
            while (worker.isAlive() && worker != Thread.currentThread() && System.nanoTime() - start < nanos) {
                try {
                    worker.join(5);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public SchedulerStatistics statistics() {
        synchronized (lock()) {
            int threads = workers.threads.size() + blocking.threads.size();
            int parked = workers.idle + blocking.idle;
            int waiting = workers.waiting + blocking.waiting;
            int running = threads - parked - (has(Fault.COUNTS_WAITING_AS_RUNNING_TOO) ? 0 : waiting);
            int queued = workers.queue.size() + blocking.queue.size();
            return new SchedulerStatistics(
                    threads, workers.maxThreads + MAX_BLOCKING, running, parked, waiting, queued, polls, 0, parks,
                    unparks, handOvers, 0, 0, handedBack, started, 0, 0, false);
        }
    }

    private final class Worker extends ReferenceWorker {
        private final Pool pool;
        private boolean retired;
        private boolean announced;

        Worker(Pool pool) {
            super(!has(Fault.INHERITS_THREAD_LOCALS), has(Fault.KEEPS_INTERRUPTS), has(Fault.KEEPS_CONTEXT_CLASS_LOADERS),
                    has(Fault.KEEPS_THREAD_NAMES));
            this.pool = pool;
            setDaemon(!has(Fault.USER_THREADS));
        }

        @Override
        public Scheduler scheduler() {
            return ReferenceScheduler.this;
        }

        @Override
        public void run() {
            try {
                for (Runnable next = next(); next != null; next = next()) {
                    try {
                        runOne(next);
                    } catch (Throwable failure) {
                        if (has(Fault.WORKER_DIES_OF_A_THROWABLE)) {
                            throw failure;
                        }
                    }
                }
                while (has(Fault.LEAVES_A_THREAD) && !isInterrupted()) {
                    LockSupport.park(this);
                }
            } finally {
                synchronized (lock()) {
                    pool.threads.remove(this);
                    if (!pool.queue.isEmpty()) {
                        pool.serve();
                    }
                }
            }
        }

        private Runnable next() {
            synchronized (lock()) {
                while (true) {
                    boolean surplus = pool.active() > pool.parallelism;
                    if (retired || surplus || closed && pool.queue.isEmpty()) {
                        return null;
                    }
                    Runnable run = take(pool);
                    if (run != null) {
                        polls += run instanceof Run ? 1 : 0;
                        return run;
                    }
                    pool.idle++;
                    parks++;
                    try {
                        lock().wait();
                    } catch (InterruptedException e) {
                        retired = true; // only the tests of the tests interrupt idle threads
                    } finally {
                        pool.idle--;
                    }
                }
            }
        }

        @Override
        public boolean beforeBlocking() {
            synchronized (lock()) {
                announced = true;
                boolean others = pool.active() > 1 || pool.threads.size() < pool.maxThreads;
                if (others) {
                    handOvers++;
                    pool.waiting++;
                    if (!pool.queue.isEmpty()) {
                        pool.serve();
                    }
                } else {
                    announced = false;
                }
                return others || has(Fault.SLEEPS_AT_THE_CAP);
            }
        }

        @Override
        public void afterBlocking() {
            synchronized (lock()) {
                if (announced) {
                    announced = false;
                    pool.waiting--;
                }
            }
        }

        @Override
        Runnable takeWhileWaiting(boolean onlyPlain) {
            synchronized (lock()) {
                Runnable run = onlyPlain ? firstPlain() : take(pool);
                polls += run instanceof Run ? 1 : 0;
                return run;
            }
        }

        private Runnable firstPlain() {
            for (Runnable queued : pool.queue) {
                if (!(queued instanceof Run)) {
                    pool.queue.remove(queued);
                    return queued;
                }
            }
            return null;
        }
    }
}
