package dev.gearbox.compare.scenarios;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import dev.gearbox.fs.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/** Tasks that read a file which the system has in its memory. */
@Component(service = Scenario.class, property = "service.ranking:Integer=114")
public final class ReadCachedFiles implements Scenario {
    private static final int BYTES = 4_096;
    private static final int READS = 1_000;

    private final int tasks = 2 * Runtime.getRuntime().availableProcessors();

    @Override
    public String name() {
        return "read-cached-files";
    }

    @Override
    public String description() {
        return "twice as many tasks as processors (" + tasks
                + "), each reads a file of 4 KiB 1 000 times, one after another";
    }

    @Override
    public void measure(Round round) throws Exception {
        byte[] content = new byte[BYTES];
        new Random(BYTES).nextBytes(content);
        Path file = Files.createTempFile("gearbox-compare", ".bin");
        try {
            Files.write(file, content);
            int repeats = round.quick() ? 4 : 12;
            AtomicInteger wrong = new AtomicInteger();
            FileSystem files = FileSystem.on(round.runtime());
            round.begin();
            for (int i = 0; i < repeats; i++) {
                StartLine line = new StartLine(tasks);
                Finish finish = new Finish(tasks);
                for (int place = 0; place < tasks; place++) {
                    round.runtime().spawn(new Reader(place, line, finish, files, file, content, wrong));
                }
                finish.await();
            }
            round.end();
            if (wrong.get() != 0) {
                round.loss(wrong + " reads failed or gave other bytes than the file's");
            }
            double reads = (double) repeats * tasks * READS;
            round.work(reads, "read");
            round.value("throughput", "reads/s", Better.HIGHER, reads / (round.nanos() / 1e9));
        } catch (LostWorkException lost) {
            round.loss(lost.getMessage());
        } finally {
            Files.delete(file);
        }
    }

    private static final class Reader implements Pollable<Void> {
        private final int place;
        private final StartLine line;
        private final Finish finish;
        private final FileSystem files;
        private final Path file;
        private final byte[] content;
        private final AtomicInteger wrong;
        private Pollable<byte[]> read;
        private int reads;

        Reader(
                int place,
                StartLine line,
                Finish finish,
                FileSystem files,
                Path file,
                byte[] content,
                AtomicInteger wrong) {
            this.place = place;
            this.line = line;
            this.finish = finish;
            this.files = files;
            this.file = file;
            this.content = content;
            this.wrong = wrong;
        }

        @Override
        public Poll<Void> poll(Waker waker) {
            if (read == null && reads == 0 && !line.pass(place, waker)) {
                return Poll.pending();
            }
            while (reads < READS) {
                if (read == null) {
                    read = files.read(file);
                }
                if (!tryRead(waker)) {
                    return Poll.pending();
                }
                read = null;
                reads++;
            }
            finish.arrive();
            return Poll.ready(null);
        }

        private boolean tryRead(Waker waker) {
            try {
                Poll<byte[]> poll = read.poll(waker);
                if (poll.isReady() && !Arrays.equals(poll.value(), content)) {
                    wrong.incrementAndGet();
                }
                return poll.isReady();
            } catch (Exception failure) {
                wrong.incrementAndGet();
                return true;
            }
        }
    }
}
