package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.test.common.annotation.InjectBundleContext;

/** Our bundles are modules too, and can be on one module path together. */
class ModulesTest {

    @InjectBundleContext
    BundleContext context;

    @Test
    void every_bundle_is_a_module_of_the_same_name() throws IOException {
        for (Bundle bundle : ours()) {
            assertThat(module(bundle).name()).isEqualTo(bundle.getSymbolicName());
        }
    }

    @Test
    void what_a_bundle_exports_its_module_exports() throws IOException {
        for (Bundle bundle : ours()) {
            Set<String> exported = bundle.adapt(BundleWiring.class).getRevision()
                    .getDeclaredCapabilities("osgi.wiring.package").stream()
                    .map(capability -> (String) capability.getAttributes().get("osgi.wiring.package"))
                    .collect(Collectors.toSet());
            assertThat(module(bundle).exports().stream().map(ModuleDescriptor.Exports::source))
                    .as(bundle.getSymbolicName()).containsExactlyInAnyOrderElementsOf(exported);
        }
    }

    @Test
    void no_package_is_in_two_bundles() {
        Map<String, List<Bundle>> owners = ours().stream()
                .flatMap(bundle -> packages(bundle).stream().map(name -> Map.entry(name, bundle)))
                .collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        assertThat(owners).isNotEmpty().allSatisfy((name, bundles) -> assertThat(bundles).hasSize(1));
    }

    /** The bundles under test: all that are called ours, without the tests. */
    private List<Bundle> ours() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("dev.gearbox."))
                .filter(bundle -> !bundle.equals(context.getBundle()))
                .toList();
    }

    private static ModuleDescriptor module(Bundle bundle) throws IOException {
        URL descriptor = bundle.getEntry("module-info.class");
        assertThat(descriptor).as("module-info.class of %s", bundle).isNotNull();
        try (InputStream input = descriptor.openStream()) {
            return ModuleDescriptor.read(input);
        }
    }

    private static Set<String> packages(Bundle bundle) {
        Set<String> packages = new TreeSet<>();
        for (URL url : Collections.list(bundle.findEntries("/", "*.class", true))) {
            String path = url.getPath();
            int slash = path.lastIndexOf('/');
            if (slash > 0 && !path.endsWith("/module-info.class")) {
                packages.add(path.substring(1, slash).replace('/', '.'));
            }
        }
        return packages;
    }
}
