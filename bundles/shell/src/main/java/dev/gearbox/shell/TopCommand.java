package dev.gearbox.shell;

import dev.gearbox.RuntimeAdmin;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command of the scope gearbox that shows each second what the runtime does. */
@Component(
        service = TopCommand.class,
        property = {"osgi.command.scope=gearbox", "osgi.command.function=top"})
public final class TopCommand {
    private static final int LINES_PER_HEAD = 20;
    /** How often without a terminal, where nobody could end it. */
    private static final int UNATTENDED = 5;

    private final RuntimeAdmin admin;

    /** Makes the command for the runtime of this container. */
    @Activate
    public TopCommand(@Reference RuntimeAdmin admin) {
        this.admin = admin;
    }

    /** Prints a line each second, until Enter is pressed; without a terminal, five. */
    @Descriptor("Prints each second what the runtime does, until Enter; 5 times if there is no terminal")
    public void top(CommandSession session) throws IOException {
        if (System.console() == null) {
            top(session, UNATTENDED);
        } else {
            // The session's own keyboard never says that something was typed. Not closed: that would close the terminal.
            print(session.getConsole(), Integer.MAX_VALUE, new FileInputStream(FileDescriptor.in));
        }
    }

    /** Prints a line each second, so many times. */
    @Descriptor("Prints each second what the runtime does")
    public void top(CommandSession session, @Descriptor("how many times") int times) throws IOException {
        if (times < 1) {
            throw new IllegalArgumentException("how many times = " + times + ", but it must be at least 1");
        }
        print(session.getConsole(), times, InputStream.nullInputStream());
    }

    private void print(PrintStream console, int times, InputStream keyboard) throws IOException {
        console.println("busy: processor time of the whole process; queue, poll: times of a sample of the runs;"
                + " helped, needless: hand-overs");
        int processors = Runtime.getRuntime().availableProcessors();
        Sample before = Sample.take(admin);
        for (int line = 0; line < times && pause() && keyboard.available() == 0; line++) {
            if (line % LINES_PER_HEAD == 0) {
                console.println(Sample.HEAD);
            }
            Sample now = Sample.take(admin);
            console.println(now.since(before, processors));
            console.flush();
            before = now;
        }
        while (keyboard.available() > 0) {
            keyboard.read(); // the key that ended it is no part of the next command
        }
    }

    /** Waits a second; answers whether it was not interrupted. */
    private static boolean pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
            return true;
        } catch (InterruptedException ended) {
            return false; // a shell's way to end a command, which ends here
        }
    }
}
