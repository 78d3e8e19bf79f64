package dev.gearbox.io;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Checks of arguments; the messages name the argument and its value. */
final class Arguments {
    private Arguments() {}

    static void notNull(String name, Object value) {
        Objects.requireNonNull(value, name);
    }

    static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }

    static void inRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is not between " + min + " and " + max + ": " + value);
        }
    }

    static void writable(String name, ByteBuffer buffer) {
        notNull(name, buffer);
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException(name + " is read-only: " + buffer);
        }
    }
}
