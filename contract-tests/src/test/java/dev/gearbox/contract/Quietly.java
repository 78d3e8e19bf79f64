package dev.gearbox.contract;

import java.util.logging.Logger;

/** Keeps the log free of failures that a test provokes and nobody looks at. */
final class Quietly {
    private static final Logger UNSEEN = Logger.getLogger("dev.gearbox.runtime.UnobservedFailures");

    private Quietly() {}

    static void run(Runnable body) {
        UNSEEN.setUseParentHandlers(false);
        try {
            body.run();
        } finally {
            UNSEEN.setUseParentHandlers(true);
        }
    }
}
