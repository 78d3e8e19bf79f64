package dev.gearbox.net.component;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.net.Network;
import dev.gearbox.net.TcpListener;
import dev.gearbox.net.TcpStream;
import dev.gearbox.net.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/*
 * The runtime gives each bundle a view of its own, and what is done through a view belongs to that bundle. So this component
 * looks the runtime up in the name of the bundle that uses it, by the reference that Declarative Services has bound: that
 * makes the component wait for a runtime, come and go with it, and never look up two different ones.
 */
/** The {@link Network} service: one for each bundle that looks it up. */
@Component(service = Network.class, scope = ServiceScope.BUNDLE)
public final class NetworkComponent implements Network {
    private static final System.Logger LOGGER = System.getLogger(NetworkComponent.class.getName());

    private final BundleContext user;
    private final ServiceReference<AsyncRuntime> reference;
    private final Network network;

    /** Looks the runtime up for the bundle that looked this service up. */
    @Activate
    public NetworkComponent(
            ComponentContext context, @Reference(name = "runtime") ServiceReference<AsyncRuntime> reference) {
        this.user = context.getUsingBundle().getBundleContext();
        this.reference = reference;
        if (user == null) {
            throw new IllegalStateException(context.getUsingBundle() + " is not active");
        }
        AsyncRuntime runtime = user.getService(reference);
        if (runtime == null) {
            throw new IllegalStateException("the runtime has just been unregistered");
        }
        this.network = Network.on(runtime);
    }

    /** Gives the bundle's view of the runtime back; sockets stay open. */
    @Deactivate
    public void deactivate() {
        try {
            user.ungetService(reference);
        } catch (IllegalStateException stopped) {
            LOGGER.log(System.Logger.Level.DEBUG, "the bundle has stopped, and so it holds no services", stopped);
        }
    }

    @Override
    public TcpListener listen(SocketAddress address, int backlog) throws IOException {
        return network.listen(address, backlog);
    }

    @Override
    public Pollable<TcpStream> connect(SocketAddress address) {
        return network.connect(address);
    }

    @Override
    public Pollable<TcpStream> connect(SocketAddress address, Duration timeout) {
        return network.connect(address, timeout);
    }

    @Override
    public UdpSocket bindUdp(InetSocketAddress address) throws IOException {
        return network.bindUdp(address);
    }

    @Override
    public Pollable<List<InetSocketAddress>> resolve(String host, int port) {
        return network.resolve(host, port);
    }
}
