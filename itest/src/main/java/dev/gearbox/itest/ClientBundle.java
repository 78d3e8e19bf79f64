package dev.gearbox.itest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * A bundle made at run time, with copies of the classes of {@link dev.gearbox.itest.client} and a class loader of its own.
 *
 * <p>Tests talk to it through services of JDK types, since its classes are not the ones that tests see.
 */
final class ClientBundle implements AutoCloseable {
    private static final String CLASSES = "/dev/gearbox/itest/client";
    private static final String IMPORTS = "org.osgi.framework,dev.gearbox,dev.gearbox.spi,dev.gearbox.net,dev.gearbox.io,"
            + "dev.gearbox.fs,dev.gearbox.stream";

    private final Bundle bundle;

    private ClientBundle(Bundle bundle) {
        this.bundle = bundle;
    }

    /** Installs and starts one with this symbolic name and activator. */
    static ClientBundle start(BundleContext context, String name, Class<? extends BundleActivator> activator)
            throws Exception {
        Bundle bundle = context.installBundle("test:" + name, jar(name, activator));
        bundle.start();
        return new ClientBundle(bundle);
    }

    static InputStream jar(String name, Class<? extends BundleActivator> activator) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        main.putValue(Constants.BUNDLE_ACTIVATOR, activator.getName());
        main.putValue(Constants.IMPORT_PACKAGE, IMPORTS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (URL source : classes()) {
                jar.putNextEntry(new JarEntry(source.getPath().substring(1)));
                try (InputStream input = source.openStream()) {
                    input.transferTo(jar);
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static Collection<URL> classes() {
        return Collections.list(FrameworkUtil.getBundle(ClientBundle.class).findEntries(CLASSES, "*.class", false));
    }

    Bundle bundle() {
        return bundle;
    }

    String name() {
        return bundle.getSymbolicName();
    }

    /** Returns the service that the bundle has registered under this type. */
    <S> S service(Class<S> type) {
        for (ServiceReference<?> reference : bundle.getRegisteredServices()) {
            if (List.of((String[]) reference.getProperty(Constants.OBJECTCLASS)).contains(type.getName())) {
                return type.cast(bundle.getBundleContext().getService(reference));
            }
        }
        throw new AssertionError(bundle + " has no service " + type.getName());
    }

    void stop() throws Exception {
        bundle.stop();
    }

    /** Uninstalls it, unless that has happened. */
    void uninstall() throws BundleException {
        if (bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
    }

    @Override
    public void close() throws BundleException {
        uninstall();
    }
}
