package dev.gearbox.scheduler.classic;

import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.support.Clock;
import dev.gearbox.support.Evidence;
import dev.gearbox.support.Monitor;
import dev.gearbox.support.Sighting;
import dev.gearbox.support.Sightings;
import dev.gearbox.support.ThreadTimes;
import dev.gearbox.support.Verdict;
import dev.gearbox.support.Watched;
import dev.gearbox.support.Watching;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Watches the workers as the adaptive scheduler does, and only tells what that would have acted on; threads of the blocking
 * pool are not watched. Changes nothing in what is run where.
 */
final class DryRun implements Monitor.Round {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** One worker as this dry run sees it; a later dry run begins anew. */
    private final class Subject implements Watched {
        private final ClassicWorker worker;
        private final Evidence evidence = new Evidence(this, times);
        private final Sighting sighting = new Sighting(this, evidence);

        Subject(ClassicWorker worker) {
            this.worker = worker;
        }

        @Override
        public Thread thread() {
            return worker;
        }

        @Override
        public long sequence() {
            return worker.sequence();
        }

        @Override
        public Runnable current() {
            return worker.currentRun();
        }

        @Override
        public long nativeId() {
            return worker.nativeId();
        }

        @Override
        public void sighted() {
            worker.setSighting(sighting);
        }
    }

    private final ClassicScheduler scheduler;
    private final ThreadTimes times = ThreadTimes.ofSystem();
    private final Sightings sightings;
    private final Monitor monitor;

    // For the monitor's thread
    private final Map<ClassicWorker, Subject> subjects = new IdentityHashMap<>();
    private final List<ClassicWorker> workers = new ArrayList<>();
    private long polls;
    private boolean active;
    private int computing;

    DryRun(ClassicScheduler scheduler, Watching watching, Consumer<Thread> starter) {
        this.scheduler = scheduler;
        this.sightings = new Sightings(ClassicScheduler.NAME, watching);
        this.monitor = new Monitor(Clock.SYSTEM, watching.periods(), times, this, DryRun::makeThread, starter);
    }

    private static Thread makeThread(Runnable loop) {
        Thread made = Crew.make(() -> new Thread(null, loop, "gearbox-classic-monitor", 0, false));
        made.setDaemon(true);
        made.setContextClassLoader(DryRun.class.getClassLoader());
        return made;
    }

    /** Takes other limits; any thread. */
    void set(Watching watching) {
        sightings.set(watching);
        monitor.setPeriods(watching.periods());
    }

    /** Makes the monitor look: something is to be run, or a poll that is to be reported has ended; any thread. */
    void nudge() {
        monitor.nudge();
    }

    /** Ends the thread; any thread. */
    void close() {
        monitor.close();
    }

    long wakeUps() {
        return monitor.wakeUps();
    }

    @Override
    public boolean look(long now, long stood, boolean isVoid) {
        sightings.begin(now, stood, isVoid);
        workers.clear();
        scheduler.crew.copyWorkers(workers);
        if (subjects.size() > 2 * workers.size()) {
            subjects.keySet().retainAll(workers);
        }
        boolean crowded = computing > PROCESSORS;
        computing = 0;
        long sum = 0;
        boolean suspicious = false;
        for (ClassicWorker worker : workers) {
            sum += worker.polls.get();
            suspicious |= look(subjects.computeIfAbsent(worker, Subject::new), now, stood, isVoid, crowded);
        }
        active = sum != polls;
        polls = sum;
        return suspicious;
    }

    private boolean look(Subject subject, long now, long stood, boolean isVoid, boolean crowded) {
        Verdict verdict = subject.evidence.look(now, stood, crowded);
        boolean same = verdict != Verdict.MOVING;
        if (isVoid) {
            subject.evidence.forget();
        } else if (same) {
            sightings.note(subject.sighting, verdict, Action.REPORTED_ONLY, waitingBehind(subject.worker), now);
        }
        computing += verdict != Verdict.BLOCKED && subject.worker.mode == ClassicThread.Mode.RUNNING ? 1 : 0;
        return same;
    }

    private int waitingBehind(ClassicWorker worker) {
        return worker.lane.size() + scheduler.global.size();
    }

    @Override
    public boolean wasActive() {
        return active;
    }

    @Override
    public boolean isAllWell() {
        return sightings.isAllWell();
    }

    @Override
    public void rest() {
        subjects.values().removeIf(subject -> !subject.sighting.isOpen());
    }
}
