package dev.gearbox.runtime;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.IoSource;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.TaskBuilder;
import dev.gearbox.TaskInfo;
import dev.gearbox.spi.Await;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** A view of the runtime for one owner, whose tasks go to one switch. */
public final class OwnedRuntime implements AsyncRuntime, AutoCloseable {
    private final RuntimeCore core;
    private final Owner owner;
    private final SchedulerSwitch home;

    OwnedRuntime(RuntimeCore core, Owner owner, SchedulerSwitch home) {
        this.core = core;
        this.owner = owner;
        this.home = home;
    }

    @Override
    public <T> Task<T> spawn(Callable<? extends T> body) {
        return spawn(null, Objects.requireNonNull(body, "body"), TaskCell.DIRECT);
    }

    @Override
    public <T> Task<T> spawn(Pollable<? extends T> body) {
        return spawn(null, Objects.requireNonNull(body, "body"), TaskCell.POLLED);
    }

    @Override
    public <T> Task<T> spawnBlocking(Callable<? extends T> body) {
        return spawn(null, Objects.requireNonNull(body, "body"), (byte) (TaskCell.DIRECT | TaskCell.KNOWN_TO_BLOCK));
    }

    @Override
    public TaskBuilder task() {
        return new Builder(this);
    }

    <T> Task<T> spawn(String name, Object body, byte style) {
        TaskCell<T> task = new TaskCell<>(home, owner.label(name), body, style);
        owner.tasks().add(task, core::trim);
        task.queue();
        if (owner.isStopped()) {
            task.cancel();
        }
        return task;
    }

    @Override
    public <T> T blockOn(Pollable<T> pollable) throws Exception {
        owner.checkStarted();
        return pollable instanceof Task<T> task
                ? task.await()
                : Await.await(pollable, this::checkLongWait);
    }

    private void checkLongWait() {
        core.timers().checkOpen();
        NeutralGearReport.logIfNeutral(home, "a pollable of " + owner.name());
    }

    @Override
    public Pollable<Void> sleep(Duration duration) {
        return newSleep(duration);
    }

    private Sleep newSleep(Duration duration) {
        long nanos = Await.nanos(duration);
        owner.checkStarted();
        return new Sleep(core.timers(), core.clock(), nanos);
    }

    @Override
    public <T> Pollable<T> timeout(Pollable<T> pollable, Duration duration) {
        return new TimeoutPollable<>(Objects.requireNonNull(pollable, "pollable"), newSleep(duration), duration);
    }

    @Override
    public IoSource register(SelectableChannel channel) throws IOException {
        return owner.register(Objects.requireNonNull(channel, "channel"), core.reactors());
    }

    @Override
    public AsyncRuntime pinnedTo(String scheduler) {
        return new OwnedRuntime(core, owner, core.switchFor(Objects.requireNonNull(scheduler, "scheduler")));
    }

    @Override
    public List<TaskInfo> tasks() {
        return owner.live().stream().map(TaskCell::info).toList();
    }

    /** Stops the owner, as when its bundle stops: cancels its tasks and closes its sources. */
    @Override
    public void close() {
        core.stop(owner, owner.name() + " has stopped");
    }

    /** Collects a task's attributes. */
    private static final class Builder implements TaskBuilder {
        private final OwnedRuntime runtime;
        private String name;
        private byte style = TaskCell.POLLED;

        Builder(OwnedRuntime runtime) {
            this.runtime = runtime;
        }

        @Override
        public TaskBuilder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        @Override
        public TaskBuilder interruptible() {
            style = TaskCell.INTERRUPTIBLE;
            return this;
        }

        @Override
        public <T> Task<T> spawn(Callable<? extends T> body) {
            return runtime.spawn(name, Objects.requireNonNull(body, "body"), (byte) (style | TaskCell.DIRECT));
        }

        @Override
        public <T> Task<T> spawn(Pollable<? extends T> body) {
            if (style == TaskCell.INTERRUPTIBLE) {
                throw new IllegalStateException("a task in polled style cannot be interruptible");
            }
            return runtime.spawn(name, Objects.requireNonNull(body, "body"), TaskCell.POLLED);
        }

        @Override
        public <T> Task<T> spawnBlocking(Callable<? extends T> body) {
            byte blocking = (byte) (style | TaskCell.DIRECT | TaskCell.KNOWN_TO_BLOCK);
            return runtime.spawn(name, Objects.requireNonNull(body, "body"), blocking);
        }
    }
}
