package dev.gearbox.interleaving;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A fault to plant: one place of one source that is to read differently, and the suite that is to find it.
 *
 * @param what the fault in a few words
 * @param suite the class of tests
 * @param source the source, from the top of the project
 * @param original what stands there now, at one place only
 * @param planted what is to stand there
 */
record Fault(String what, String suite, String source, String original, String planted) {
    boolean isForStress() {
        return suite.endsWith("Stress");
    }

    /** Writes the source with the fault into a folder and returns where. */
    Path plant(Path top, Path folder) throws Exception {
        Path from = top.resolve(source);
        String text = Files.readString(from);
        int at = text.indexOf(original);
        if (at < 0 || text.indexOf(original, at + 1) >= 0) {
            throw new IllegalStateException(from + " does not have this at one place, so the fault needs mending: " + original);
        }
        Path to = folder.resolve(from.getFileName());
        Files.writeString(to, text.replace(original, planted));
        return to;
    }

    @Override
    public String toString() {
        return what + " (" + suite.substring(suite.lastIndexOf('.') + 1) + ")";
    }
}
