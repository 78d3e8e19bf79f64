package dev.gearbox.stream;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An action on one element that may throw any exception.
 *
 * @param <T> the type of the element
 */
@ConsumerType
@FunctionalInterface
public interface CheckedConsumer<T> {
    /**
     * Acts on the element.
     *
     * @throws Exception whatever the action wants to fail with
     */
    void accept(T element) throws Exception;
}
