package dev.gearbox.poll;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Says which source is ready for what; valid only until the handler that got it returns.
 *
 * <p>A source that has failed or that the other side has hung up appears as ready for all that it was asked for; its next
 * operation then throws or reports the end. An event is a hint: by the time of the operation, it may block all the same.
 */
@ProviderType
public interface Event {
    /** Returns the token that the source was registered with last. */
    Token token();

    /** Returns what the source is ready for, of what it was asked for; never {@link Interest#NONE}. */
    Interest readiness();
}
