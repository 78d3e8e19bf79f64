package dev.gearbox.runtime;

import dev.gearbox.support.SpinLock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The live tasks of one owner: who is there, how many, and no more than are admitted. Thread-safe. */
final class TaskTable {
    /*
     * Tasks sit in chunks of up to 64 slots; a shard owns chunks and has one current chunk to put new tasks into. The
     * spawning thread chooses the shard, so that threads seldom meet. Each shard is a spin lock, which makes one
     * read-modify-write for a spawn. Whoever finds it taken goes on to the next shard, and waits only if all were taken.
     *
     *   usable   the free slots that the shard has claimed; under the shard's lock. Those of the current chunk are kept in
     *            the shard, far from "freed", which threads that end tasks write at the same time
     *   freed    the slots whose tasks have ended since they were last claimed; a bit is set by getAndAdd by whichever
     *            thread ended the task, without a lock: the one atomic step that the end of a task costs here
     *
     * Invariants
     *   1. A slot is taken, or its bit is in usable, or it is in freed; never in two of them.
     *   2. A chunk is in its shard's stack of available chunks iff freed was made non-zero since the chunk was last
     *      popped. The thread that changes freed from 0 pushes the chunk; only the holder of the shard's lock pops, and
     *      claims freed after popping. So no chunk is pushed twice, and the stack has no ABA problem.
     *   3. Each slot stands for one place of the admission. Places are taken when a chunk is made and given back when a
     *      wholly free chunk is dropped, so the number of live tasks cannot exceed the limit.
     *   4. Slots are written plainly and published by the lock or by freed; a listing may see a task that just ended.
     */
    private static final int CHUNK = 64;
    /** How many free chunks one claim drops at most, so that no single spawn pays for a past peak. */
    private static final int DROPS = 4;

    /** The room for up to 64 tasks. */
    static final class Chunk {
        private static final VarHandle FREED;

        static {
            try {
                FREED = MethodHandles.lookup().findVarHandle(Chunk.class, "freed", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final Shard shard;
        private final TaskCell<?>[] slots;
        /** Not to be looked at while this is the current chunk. */
        private long usable;
        private volatile long freed;
        /** The next chunk in the stack of available ones. */
        private Chunk below;
        /** Where it stands in the shard's list. */
        private int index;

        Chunk(Shard shard, int size) {
            this.shard = shard;
            slots = new TaskCell<?>[size];
            usable = all();
        }

        private long all() {
            return -1L >>> (CHUNK - slots.length);
        }

        /** Takes a task out; for the thread that ended it. */
        void remove(int slot) {
            slots[slot] = null;
            if ((long) FREED.getAndAdd(this, 1L << slot) == 0) {
                shard.available(this);
            }
        }

        String ownerName() {
            return shard.table.ownerName;
        }

        TaskTable table() {
            return shard.table;
        }
    }

    /** The chunks that one group of spawning threads uses. */
    private static final class Shard extends SpinLock {
        private final TaskTable table;
        private final List<Chunk> chunks = new ArrayList<>();
        private final AtomicReference<Chunk> available = new AtomicReference<>();
        private Chunk current;
        private TaskCell<?>[] currentSlots;
        private long currentUsable;
        private long nextId;
        private long lastId;
        private long spawned;
        private long ended;

        Shard(TaskTable table) {
            this.table = table;
        }

        private void available(Chunk chunk) {
            Chunk top;
            do {
                top = available.get();
                chunk.below = top;
            } while (!available.compareAndSet(top, chunk));
        }

        /** Puts the task into a free slot, or answers false if there is none and none is admitted; the lock is held. */
        boolean tryAdd(TaskCell<?> task) {
            if (currentUsable == 0) {
                Chunk claimed = claim();
                if (claimed == null) {
                    return false;
                }
                use(claimed);
            }
            int slot = Long.numberOfTrailingZeros(currentUsable);
            currentUsable &= currentUsable - 1;
            if (nextId == lastId) {
                nextId = table.ids.getAndAdd(CHUNK);
                lastId = nextId + CHUNK;
            }
            task.admitted(current, slot, nextId++);
            currentSlots[slot] = task;
            spawned++;
            return true;
        }

        private void use(Chunk chunk) {
            current = chunk;
            currentUsable = chunk == null ? 0 : chunk.usable;
            currentSlots = chunk == null ? null : chunk.slots;
        }

        /** Writes down in the current chunk which of its slots are usable, for whoever treats it as one of many. */
        private void settle() {
            if (current != null) {
                current.usable = currentUsable;
            }
        }

        private Chunk claim() {
            settle();
            Chunk claimed = claimAvailable();
            for (int i = 0; i < DROPS && claimed != null && claimed.usable == claimed.all(); i++) {
                Chunk another = claimAvailable();
                if (another == null) {
                    return claimed;
                }
                drop(claimed);
                claimed = another;
            }
            if (claimed == null) {
                int places = table.admission.tryAcquire(CHUNK);
                if (places > 0) {
                    claimed = new Chunk(this, places);
                    claimed.index = chunks.size();
                    chunks.add(claimed);
                }
            }
            return claimed;
        }

        private Chunk claimAvailable() {
            Chunk chunk;
            do {
                chunk = available.get();
                if (chunk == null) {
                    return null;
                }
            } while (!available.compareAndSet(chunk, chunk.below));
            chunk.below = null;
            long freed = (long) Chunk.FREED.getAndSet(chunk, 0L);
            ended += Long.bitCount(freed);
            chunk.usable |= freed;
            return chunk;
        }

        private void drop(Chunk chunk) {
            Chunk last = chunks.remove(chunks.size() - 1);
            if (last != chunk) {
                chunks.set(chunk.index, last);
                last.index = chunk.index;
            }
            table.admission.release(chunk.slots.length);
        }

        /** Drops every chunk that is wholly free; the lock is held. */
        void trim() {
            settle();
            List<Chunk> kept = new ArrayList<>();
            for (Chunk chunk = claimAvailable(); chunk != null; chunk = claimAvailable()) {
                if (chunk.usable == chunk.all()) {
                    drop(chunk);
                } else {
                    kept.add(chunk);
                }
            }
            if (current != null && current.usable == current.all()) {
                if (chunks.contains(current)) {
                    drop(current);
                }
                current = null;
            }
            use(current);
            kept.forEach(this::makeAvailableAgain);
        }

        /** Undoes a claim: what was claimed counts as freed again, without being counted as ended twice. */
        private void makeAvailableAgain(Chunk chunk) {
            if (chunk == current) {
                return;
            }
            long free = chunk.usable;
            chunk.usable = 0;
            ended -= Long.bitCount(free);
            if ((long) Chunk.FREED.getAndAdd(chunk, free) == 0) {
                available(chunk);
            }
        }

        /** Adds what is counted here; the lock is held. */
        void addTo(Counts counts) {
            settle();
            counts.spawned += spawned;
            counts.ended += ended;
            for (Chunk chunk : chunks) {
                int freed = Long.bitCount(chunk.freed);
                counts.ended += freed;
                counts.live += chunk.slots.length - Long.bitCount(chunk.usable) - freed;
            }
        }

        /** Returns the tasks that are here; the lock is held. */
        List<TaskCell<?>> live() {
            List<TaskCell<?>> live = new ArrayList<>();
            for (Chunk chunk : chunks) {
                for (TaskCell<?> task : chunk.slots) {
                    if (task != null) {
                        live.add(task);
                    }
                }
            }
            return live;
        }
    }

    /** Sums over shards and tables. */
    static final class Counts {
        long spawned;
        long ended;
        long live;
    }

    private final String ownerName;
    private final Admission admission;
    private final AtomicLong ids;
    private final TaskOutcomes outcomes;
    private final Shard[] shards;

    TaskTable(String ownerName, Admission admission, AtomicLong ids, TaskOutcomes outcomes) {
        this.ownerName = ownerName;
        this.admission = admission;
        this.ids = ids;
        this.outcomes = outcomes;
        int processors = Runtime.getRuntime().availableProcessors();
        shards = new Shard[Integer.highestOneBit(2 * processors - 1) * 2];
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new Shard(this);
        }
    }

    TaskOutcomes outcomes() {
        return outcomes;
    }

    /**
     * Puts a new task into the table.
     *
     * @param reclaim called if there seems to be no room, to make places free that nobody uses
     * @throws RejectedExecutionException if a limit is reached
     */
    void add(TaskCell<?> task, Runnable reclaim) {
        if (!tryAdd(task)) {
            reclaim.run();
            if (!tryAdd(task)) {
                outcomes.refused.increment();
                throw admission.refusal();
            }
        }
    }

    private boolean tryAdd(TaskCell<?> task) {
        int start = (int) Thread.currentThread().getId();
        for (int i = 0; i < shards.length; i++) {
            Shard shard = shards[(start + i) & (shards.length - 1)];
            if (shard.tryLock() && addAndUnlock(task, shard)) {
                return true;
            }
        }
        for (Shard shard : shards) {
            shard.lock();
            if (addAndUnlock(task, shard)) {
                return true;
            }
        }
        return false;
    }

    private static boolean addAndUnlock(TaskCell<?> task, Shard shard) {
        try {
            return shard.tryAdd(task);
        } finally {
            shard.unlock();
        }
    }

    private void forEachShard(Consumer<Shard> action) {
        for (Shard shard : shards) {
            shard.lock();
            try {
                action.accept(shard);
            } finally {
                shard.unlock();
            }
        }
    }

    /** Gives back the places that no live task needs. */
    void trim() {
        forEachShard(Shard::trim);
    }

    void addTo(Counts counts) {
        forEachShard(shard -> shard.addTo(counts));
    }

    /** Calls back for each live task, without locks held. */
    void forEach(Consumer<? super TaskCell<?>> consumer) {
        List<TaskCell<?>> live = new ArrayList<>();
        forEachShard(shard -> live.addAll(shard.live()));
        live.forEach(consumer);
    }
}
