package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.Eventually;
import dev.gearbox.spi.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread keeps nothing of whoever happened to make the scheduler start it. */
@Timeout(120)
class LoaderTest {
    /** Code of a client; loaded by a class loader of its own in the test. */
    public static final class Client implements Consumer<Scheduler> {
        /** For the test. */
        public Client() {}

        @Override
        public void accept(Scheduler scheduler) {
            CountDownLatch ran = new CountDownLatch(1);
            scheduler.executeBlocking(ran::countDown);
            Eventually.open("the blocking run", ran);
        }
    }

    private static final class ClientLoader extends ClassLoader {
        ClientLoader() {
            super(LoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Client.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void the_class_loader_of_whoever_caused_a_thread_to_start_is_collected() throws Exception {
        try (ClassicScheduler scheduler =
                new ClassicScheduler(Small.settings(1, 0, 2, Duration.ofSeconds(100)))) {
            WeakReference<ClassLoader> loader = useAndDrop(scheduler);
            assertThat(scheduler.blocking.threads()).isEqualTo(1);
            Eventually.until("the client's class loader is collected", () -> {
                System.gc();
                return loader.get() == null;
            });
            assertThat(scheduler.blocking.threads()).as("the thread lives on").isEqualTo(1);
        }
    }

    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> useAndDrop(ClassicScheduler scheduler) throws Exception {
        ClassLoader loader = new ClientLoader();
        Class<?> type = loader.loadClass(Client.class.getName());
        assertThat(type).isNotSameAs(Client.class);
        ((Consumer<Scheduler>) type.getConstructor().newInstance()).accept(scheduler);
        return new WeakReference<>(loader);
    }
}
