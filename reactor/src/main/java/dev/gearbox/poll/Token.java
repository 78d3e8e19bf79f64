package dev.gearbox.poll;

import org.osgi.annotation.versioning.ConsumerType;

/** Names a source in its events; any object may be one, so that an event leads to what it concerns with no look-up. */
@ConsumerType
public interface Token {
    /** Returns a token that equals all others of this number. */
    static Token of(long number) {
        return new NumberToken(number);
    }
}
