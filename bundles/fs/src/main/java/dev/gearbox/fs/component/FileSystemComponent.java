package dev.gearbox.fs.component;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.fs.FileSystem;
import dev.gearbox.stream.AsyncStream;
import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/*
 * The tasks that are started for a caller are to belong to the caller, so the runtime is looked up in the name of the bundle
 * that uses this service. The reference is the one that Declarative Services has bound, so that the component waits for a
 * runtime and comes and goes with it.
 */
/** The {@link FileSystem} service: one for each bundle that looks it up. */
@Component(service = FileSystem.class, scope = ServiceScope.BUNDLE)
public final class FileSystemComponent implements FileSystem {
    private static final System.Logger LOGGER = System.getLogger(FileSystemComponent.class.getName());

    private final BundleContext user;
    private final ServiceReference<AsyncRuntime> reference;
    private final FileSystem files;

    /** Looks the runtime up for the bundle that looked this service up. */
    @Activate
    public FileSystemComponent(
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
        this.files = FileSystem.on(runtime);
    }

    /** Gives the bundle's view of the runtime back; calls under way go on. */
    @Deactivate
    public void deactivate() {
        try {
            user.ungetService(reference);
        } catch (IllegalStateException stopped) {
            LOGGER.log(System.Logger.Level.DEBUG, "the bundle has stopped, and so it holds no services", stopped);
        }
    }

    @Override
    public Pollable<byte[]> read(Path path) {
        return files.read(path);
    }

    @Override
    public Pollable<String> readString(Path path) {
        return files.readString(path);
    }

    @Override
    public Pollable<Void> write(Path path, byte[] bytes) {
        return files.write(path, bytes);
    }

    @Override
    public Pollable<Void> writeString(Path path, String text) {
        return files.writeString(path, text);
    }

    @Override
    public Pollable<Void> append(Path path, byte[] bytes) {
        return files.append(path, bytes);
    }

    @Override
    public Pollable<Void> appendString(Path path, String text) {
        return files.appendString(path, text);
    }

    @Override
    public Pollable<Void> copy(Path source, Path target, CopyOption... options) {
        return files.copy(source, target, options);
    }

    @Override
    public Pollable<Void> move(Path source, Path target, CopyOption... options) {
        return files.move(source, target, options);
    }

    @Override
    public Pollable<Void> remove(Path path) {
        return files.remove(path);
    }

    @Override
    public Pollable<Void> createDirectories(Path path) {
        return files.createDirectories(path);
    }

    @Override
    public Pollable<BasicFileAttributes> metadata(Path path, LinkOption... options) {
        return files.metadata(path, options);
    }

    @Override
    public AsyncStream<Path> readDirectory(Path path) {
        return files.readDirectory(path);
    }
}
