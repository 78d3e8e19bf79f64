package dev.gearbox.itest.client;

import dev.gearbox.fs.FileSystem;
import dev.gearbox.net.Network;
import dev.gearbox.net.TcpListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Listens through {@link Network}, tells the port as an {@link IntSupplier}, and reads the files that it is told to. */
public final class UsingServices implements BundleActivator {
    /** Called by the framework. */
    public UsingServices() {}

    @Override
    public void start(BundleContext context) throws Exception {
        Network network = context.getService(context.getServiceReference(Network.class));
        FileSystem files = context.getService(context.getServiceReference(FileSystem.class));
        TcpListener listener = network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        Consumer<Path> reader = path -> startToRead(files, path);
        context.registerService(IntSupplier.class, () -> port, null);
        context.registerService(Consumer.class, reader, null);
    }

    private static void startToRead(FileSystem files, Path path) {
        try {
            files.read(path).poll(() -> {});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop(BundleContext context) {
        // the sockets are closed by the runtime
    }
}
