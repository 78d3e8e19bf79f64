package dev.gearbox.runtime;

import dev.gearbox.spi.Reactor;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whom tasks and sources belong to: a bundle, or the application. Thread-safe. */
final class Owner {
    private static final System.Logger LOG = System.getLogger(Owner.class.getName());

    private final String name;
    private final Admission admission;
    private final TaskTable tasks;
    private final Set<SwitchedSource> sources = ConcurrentHashMap.newKeySet();
    /** What a spawn has to mind; null, so that it costs one look, while there is nothing. */
    private volatile Unusual unusual;

    /**
     * @param stopped why nothing can be started any more; null while it can
     * @param recordsSpawnSites whether tasks remember where they were spawned
     */
    private record Unusual(String stopped, boolean recordsSpawnSites) {}

    Owner(String name, Admission admission, TaskTable tasks) {
        this.name = name;
        this.admission = admission;
        this.tasks = tasks;
    }

    String name() {
        return name;
    }

    TaskTable tasks() {
        return tasks;
    }

    void limit(int maxTasks) {
        admission.limit(maxTasks);
    }

    int openSources() {
        return sources.size();
    }

    boolean isStopped() {
        Unusual now = unusual;
        return now != null && now.stopped != null;
    }

    void checkStarted() {
        Unusual now = unusual;
        if (now != null && now.stopped != null) {
            throw new IllegalStateException(now.stopped);
        }
    }

    /** Returns the label for a task with this name, which may be null; fails if this owner has stopped. */
    Object label(String name) {
        Unusual now = unusual;
        if (now == null) {
            return name;
        }
        checkStarted();
        return now.recordsSpawnSites ? SpawnSite.here(name) : name;
    }

    synchronized void recordSpawnSites(boolean record) {
        if (!isStopped()) {
            unusual = record ? new Unusual(null, true) : null;
        }
    }

    SwitchedSource register(SelectableChannel channel, ReactorSwitch reactors) throws IOException {
        checkStarted();
        channel.configureBlocking(false);
        SwitchedSource source = new SwitchedSource(channel, reactors, this);
        sources.add(source);
        if (isStopped()) {
            source.close();
            checkStarted();
        }
        return source;
    }

    /** Lets no source keep a reactor that is not the current one any more. */
    void leave(Reactor former) {
        sources.forEach(source -> source.leave(former));
    }

    void closed(SwitchedSource source) {
        sources.remove(source);
    }

    /** Refuses from now on, cancels all tasks and closes all sources. */
    void stop(String why) {
        synchronized (this) {
            unusual = new Unusual(why, false);
        }
        tasks.forEach(TaskCell::cancel);
        for (SwitchedSource source : sources) {
            try {
                source.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "closing " + source.channel() + " of " + name, e);
            }
        }
    }

    /** Returns the tasks that have not ended. */
    List<TaskCell<?>> live() {
        List<TaskCell<?>> live = new ArrayList<>();
        tasks.forEach(task -> {
            if (!task.isDone()) {
                live.add(task);
            }
        });
        return live;
    }
}
