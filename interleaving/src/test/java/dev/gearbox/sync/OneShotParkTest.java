package dev.gearbox.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** A channel for one value under the model checker; a receiver that is left waiting is reported as a deadlock. */
class OneShotParkTest {
    private static final int INVOCATIONS = 2_000;

    @Test
    void a_value_reaches_the_receiver_whenever_it_begins_to_wait() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            OneShot<Integer> oneShot = new OneShot<>();
            Thread sends = new Thread(() -> oneShot.sender().send(42));
            sends.start();
            assertEquals(42, Blocking.get(oneShot));
            Blocking.join(sends);
        });
    }
}
