package dev.gearbox.examples.minihttp.component;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.examples.minihttp.MiniHttp;
import dev.gearbox.net.Network;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Runs the server while there is a configuration for it. */
@Component(
        service = {},
        configurationPid = "dev.gearbox.examples.minihttp",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MiniHttpConfiguration.class)
public final class MiniHttpComponent {
    private static final Logger LOGGER = System.getLogger(MiniHttp.class.getName());

    private final MiniHttp server;

    /** Starts to listen. */
    @Activate
    public MiniHttpComponent(
            @Reference(name = "runtime") AsyncRuntime runtime,
            @Reference(name = "network") Network network,
            MiniHttpConfiguration configuration)
            throws IOException {
        server = MiniHttp.start(
                runtime, network, new InetSocketAddress(configuration.address(), configuration.port()));
        LOGGER.log(Level.INFO, () -> "listening on " + server.address());
    }

    /** Stops listening and closes all connections. */
    @Deactivate
    public void deactivate() throws IOException {
        server.close();
    }
}
