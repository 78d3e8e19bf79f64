package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.itest.client.RunningOneTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** In a fresh framework of the same kind our bundles install, resolve and start in any order. */
class ResolveOrderTest {
    @RegisterExtension
    final Container container = new Container();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void installed_and_started_in_any_order_all_resolve_and_a_task_runs(long seed, @TempDir Path storage)
            throws Exception {
        Random random = new Random(seed);
        Framework framework = ServiceLoader
                .load(FrameworkFactory.class, container.context().getBundle(0).getClass().getClassLoader())
                .findFirst().orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        framework.start();
        try {
            List<Bundle> bundles = installAll(framework.getBundleContext(), random);
            Collections.shuffle(bundles, random);
            container.start(bundles);
            assertThat(bundles).as("seed %d", seed).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
            ClientBundle client =
                    ClientBundle.start(framework.getBundleContext(), "itest.one", RunningOneTask.class);
            @SuppressWarnings("unchecked")
            Callable<Boolean> task = client.service(Callable.class);
            Eventually.await("a task runs", task);
        } finally {
            framework.stop();
            framework.waitForStop(0);
        }
    }

    private List<Bundle> installAll(BundleContext target, Random random) throws Exception {
        List<Bundle> sources = new ArrayList<>(Arrays.asList(container.context().getBundles()));
        sources.removeIf(bundle -> bundle.getBundleId() == 0 || isOfTheTests(bundle));
        Collections.shuffle(sources, random);
        List<Bundle> installed = new ArrayList<>();
        for (Bundle source : sources) {
            installed.add(target.installBundle(source.getLocation()));
        }
        return installed;
    }

    private boolean isOfTheTests(Bundle bundle) {
        return bundle.equals(container.context().getBundle())
                || bundle.getSymbolicName().matches(
                        "(biz\\.aQute|junit|assertj|net\\.bytebuddy|org\\.opentest4j|org\\.osgi\\.test).*");
    }
}
