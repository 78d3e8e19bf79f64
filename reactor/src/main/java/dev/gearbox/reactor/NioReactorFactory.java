package dev.gearbox.reactor;

import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes {@link NioReactor}s for plain Java. */
public final class NioReactorFactory implements ReactorFactory {
    @Override
    public Reactor create() {
        try {
            return new NioReactor();
        } catch (IOException e) {
            throw new UncheckedIOException("a reactor cannot be opened", e);
        }
    }
}
