package dev.gearbox.shell;

import java.lang.System.Logger.Level;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.osgi.service.component.annotations.Component;

/** Teaches each session of a shell with completion the arguments of our commands, before its first command. */
@Component(service = CommandSessionListener.class)
public final class Completion implements CommandSessionListener {
    private static final System.Logger LOG = System.getLogger(Completion.class.getName());
    private static final String DONE = ".gearbox.completion";

    /** For Declarative Services. */
    public Completion() {}

    @Override
    public void beforeExecute(CommandSession session, CharSequence command) {
        if (session.get(".reader") == null || session.get(DONE) != null) {
            return; // no terminal, or taught already
        }
        session.put(DONE, Boolean.TRUE);
        try {
            session.execute("complete -c gearbox:use -a 'gearbox:schedulernames'");
            session.execute("complete -c gearbox:blocked -l stack -l last");
            session.execute("complete -c gearbox:compare -l quick -l json -l html");
            session.execute("complete -c gearbox:compare -l scenario -a 'gearbox:scenarionames'");
        } catch (Exception noCompletion) {
            LOG.log(Level.DEBUG, "this shell has no command 'complete'", noCompletion);
        }
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Exception exception) {
        // nothing to do
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Object result) {
        // nothing to do
    }
}
