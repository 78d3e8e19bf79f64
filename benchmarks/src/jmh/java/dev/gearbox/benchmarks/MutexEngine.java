package dev.gearbox.benchmarks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** One kind of lock. */
interface MutexEngine extends AutoCloseable {
    /** Makes a lock, takes it once without a wait, releases it and returns it. */
    Object create() throws Exception;

    /** Lets so many tasks take one lock so many times each, and checks a counter that they increase under it. */
    void lock(int tasks, int times) throws Exception;

    @Override
    void close();

    /** Makes the one of this name. */
    static MutexEngine of(String on) {
        return switch (on) {
            case "adaptive", "classic" -> new GearboxMutexes(new GearboxEngine(on));
            case "synchronized" -> new VirtualMutexes(VirtualMutexes.Monitor::new);
            case "reentrant" -> new VirtualMutexes(() -> new VirtualMutexes.Reentrant(new ReentrantLock()));
            case "fair" -> new VirtualMutexes(() -> new VirtualMutexes.Reentrant(new ReentrantLock(true)));
            case "semaphore" -> new VirtualMutexes(() -> new VirtualMutexes.Permit(new Semaphore(1)));
            case "kotlin" -> Peers.kotlin(MutexEngine.class);
            default -> throw new IllegalArgumentException("on is " + on);
        };
    }
}
