package dev.gearbox.itest;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.util.concurrent.Callable;

/**
 * A task in polled style that goes through pollables one after another, until there is none any more.
 *
 * <p>Counts a step for each, and ends with the number of steps.
 */
final class Loop implements Pollable<Long> {
    private final Member member;
    private final Callable<? extends Pollable<?>> next;
    private Pollable<?> current;

    /** Takes each pollable from {@code next}, which ends the loop by returning null. */
    Loop(Member member, Callable<? extends Pollable<?>> next) {
        this.member = member;
        this.next = next;
    }

    @Override
    public Poll<Long> poll(Waker waker) throws Exception {
        boolean pending = false;
        member.enter();
        try {
            // A task that never has to wait is to give way all the same.
            for (int turn = 0; turn < 16; turn++) {
                if (current == null) {
                    current = next.call();
                    if (current == null) {
                        return Poll.ready(member.steps());
                    }
                }
                if (!current.poll(waker).isReady()) {
                    pending = true;
                    return Poll.pending();
                }
                current = null;
                member.step();
            }
            waker.wake();
            pending = true;
            return Poll.pending();
        } finally {
            member.leave(!pending);
        }
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }
}
