package dev.gearbox;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function that may throw any exception, for the combinators of {@link Pollable}.
 *
 * @param <T> the type of the argument
 * @param <R> the type of the result
 */
@ConsumerType
@FunctionalInterface
public interface CheckedFunction<T, R> {
    /**
     * Applies this function.
     *
     * @throws Exception whatever the function wants to fail with
     */
    R apply(T argument) throws Exception;
}
