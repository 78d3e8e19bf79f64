package dev.gearbox.benchmarks;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;

/** The peers, each with two workers or one event loop. */
final class Peers {
    private Peers() {}

    /** Returns a pool of two workers that takes runs first in, first out. */
    static ForkJoinPool forkJoin() {
        return new ForkJoinPool(2, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
    }

    /** Returns a group of one event loop. */
    static MultiThreadIoEventLoopGroup netty(int loops) {
        return new MultiThreadIoEventLoopGroup(loops, NioIoHandler.newFactory());
    }

    /**
     * Returns what makes virtual threads; how many carry them is set on the command line.
     *
     * @throws IllegalStateException if this Java has none
     */
    static ThreadFactory virtual() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException("virtual threads need Java 21 or later", absent);
        }
    }

    /** Returns the Kotlin class of this name, made with its constructor without parameters. */
    static <T> T kotlin(Class<T> type) {
        try {
            String name = Peers.class.getPackageName() + ".Kotlin" + type.getSimpleName();
            return type.cast(Class.forName(name).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
