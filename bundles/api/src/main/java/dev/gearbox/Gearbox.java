package dev.gearbox;

import dev.gearbox.spi.GearboxProvider;
import java.util.ServiceLoader;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A whole Gearbox for plain Java, made of the runtime, schedulers, reactor and timers on the module path or class path.
 *
 * <pre>{@code
 * try (Gearbox gearbox = Gearbox.start()) {
 *     System.out.println(gearbox.runtime().spawn(() -> 6 * 7).await());
 * }
 * }</pre>
 *
 * <p>In OSGi use the services {@link AsyncRuntime} and {@link RuntimeAdmin} instead. Thread-safe.
 */
@ProviderType
public interface Gearbox extends AutoCloseable {
    /** Returns the runtime; everything spawned belongs to the owner {@code application}. */
    AsyncRuntime runtime();

    /** Returns what lists and selects the schedulers. */
    RuntimeAdmin admin();

    /** Lets this listener be told of tasks that keep their threads for long; one that is added twice is told twice. */
    void addBlockedTaskListener(BlockedTaskListener listener);

    /** Undoes one addition of this listener; its thread is interrupted if it is in the middle of a call. */
    void removeBlockedTaskListener(BlockedTaskListener listener);

    /**
     * Cancels all tasks, closes schedulers, reactor and timers, and ends their threads.
     *
     * <p>Waits at most 2 s for threads that are in a blocking call; such a thread ends when its call returns.
     */
    @Override
    void close();

    /**
     * Starts a runtime with every scheduler, the reactor and the timers that {@link ServiceLoader} finds.
     *
     * @throws IllegalStateException if there is no runtime or no scheduler among the modules, with a message that says
     *     which jars are missing
     */
    static Gearbox start() {
        return ServiceLoader.load(GearboxProvider.class, Gearbox.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no Gearbox runtime found: put dev.gearbox.runtime and dev.gearbox.support on the module path"))
                .start();
    }
}
