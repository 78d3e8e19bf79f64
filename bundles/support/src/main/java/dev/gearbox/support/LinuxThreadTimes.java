package dev.gearbox.support;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The times that Linux tells in {@code /proc}. */
final class LinuxThreadTimes extends ThreadTimes {
    /*
     * /proc/self/task/<tid>/schedstat has three numbers: nanoseconds on a processor, nanoseconds runnable without one, and
     * how often the thread got one. The first is brought up to date when the thread leaves the processor and at each
     * tick of the kernel's clock (1 to 10 ms), the second when it gets one. So a running thread may show equal numbers
     * for some milliseconds; what it cannot do is fall asleep without a change.
     *
     * /proc/self/task/<tid>/stat has the state letter after the last ')', since the name before it may contain anything.
     *
     * To open, read and close such a file costs 7 to 10 µs, to read it again 1.5 µs. So the files of some threads are kept
     * open, each in the one place that its number leads to. A file outlives its thread, but cannot be read then.
     */
    /** More than either file has. */
    private static final int TEXT = 512;

    private static final int KEPT = 16;

    private final Kept[] kept = new Kept[KEPT];
    private final byte[] buffer = new byte[TEXT];

    /** The two files of one thread. */
    private record Kept(long nativeId, RandomAccessFile schedstat, RandomAccessFile stat) {
        static Kept open(long nativeId) throws IOException {
            RandomAccessFile schedstat = new RandomAccessFile(path(nativeId, "schedstat"), "r");
            try {
                return new Kept(nativeId, schedstat, new RandomAccessFile(path(nativeId, "stat"), "r"));
            } catch (IOException e) {
                schedstat.close();
                throw e;
            }
        }

        void close() {
            try (schedstat; stat) {
                return; // only to close them
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Looked up once, when first needed. */
    private static final class Holder {
        static final boolean AVAILABLE = Files.isReadable(Path.of("/proc/thread-self/schedstat"))
                && Files.isReadable(Path.of("/proc/thread-self/stat"));
    }

    static boolean isAvailable() {
        return Holder.AVAILABLE;
    }

    private static String path(long nativeId, String file) {
        return "/proc/self/task/" + nativeId + "/" + file;
    }

    @Override
    boolean read(Thread thread, long nativeId, Sample into) {
        if (nativeId <= 0) {
            return false;
        }
        try {
            return parse(buffer, read(kept(nativeId).schedstat), into);
        } catch (IOException ended) {
            drop(place(nativeId));
            return false;
        }
    }

    @Override
    boolean sleepsSince(Sample sample, Thread thread, long nativeId) {
        if (nativeId <= 0) {
            return false;
        }
        byte[] text = new byte[TEXT];
        Sample now = new Sample();
        try {
            return parse(text, readOnce(nativeId, "schedstat", text), now)
                    && now.isSame(sample)
                    && tellsSleep(text, readOnce(nativeId, "stat", text));
        } catch (IOException ended) {
            return false;
        }
    }

    private static int readOnce(long nativeId, String file, byte[] into) throws IOException {
        try (FileInputStream in = new FileInputStream(path(nativeId, file))) {
            return in.read(into);
        }
    }

    @Override
    boolean isAsleep(Thread thread, long nativeId, long quietNanos) {
        if (nativeId <= 0) {
            return false;
        }
        try {
            return tellsSleep(buffer, read(kept(nativeId).stat));
        } catch (IOException ended) {
            drop(place(nativeId));
            return false;
        }
    }

    /** Returns whether the letter behind the name, which is in parentheses and may contain any, is that of a sleeper. */
    private static boolean tellsSleep(byte[] text, int length) {
        int i = length - 1;
        while (i >= 0 && text[i] != ')') {
            i--;
        }
        return i >= 0 && i + 2 < length && (text[i + 2] == 'S' || text[i + 2] == 'D');
    }

    @Override
    boolean knowsDelay() {
        return true;
    }

    private int read(RandomAccessFile file) throws IOException {
        file.seek(0);
        return file.read(buffer);
    }

    private static int place(long nativeId) {
        return (int) (nativeId % KEPT);
    }

    private Kept kept(long nativeId) throws IOException {
        int place = place(nativeId);
        Kept present = kept[place];
        if (present != null && present.nativeId == nativeId) {
            return present;
        }
        drop(place);
        return kept[place] = Kept.open(nativeId);
    }

    private void drop(int place) {
        Kept present = kept[place];
        if (present != null) {
            kept[place] = null;
            present.close();
        }
    }

    @Override
    public void release() {
        for (int place = 0; place < KEPT; place++) {
            drop(place);
        }
    }

    /** Takes three numbers, each followed by a space or the end of the line. */
    private static boolean parse(byte[] text, int length, Sample into) {
        long number = 0;
        int field = 0;
        for (int i = 0; i < length; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                number = 10 * number + digit;
                continue;
            }
            switch (field++) {
                case 0 -> into.cpu = number;
                case 1 -> into.delay = number;
                case 2 -> into.slices = number;
                default -> {
                    return true;
                }
            }
            number = 0;
        }
        return field == 3;
    }
}
