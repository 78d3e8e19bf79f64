package dev.gearbox.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AsyncStreamTest {
    private static final Waker NOBODY = () -> {};

    /** Gives what the test puts in, and counts what is asked of it. */
    private static final class Source implements AsyncStream<Integer> {
        final List<Integer> ready = new ArrayList<>();
        Waker waker;
        int polls;
        int closes;
        boolean ended;

        @Override
        public Poll<Integer> pollNext(Waker waker) {
            polls++;
            if (!ready.isEmpty()) {
                return Poll.ready(ready.remove(0));
            }
            this.waker = waker;
            return ended ? Poll.ready(null) : Poll.pending();
        }

        @Override
        public void forgetWaker() {
            waker = null;
        }

        @Override
        public void close() {
            closes++;
        }
    }

    @Test
    void elements_pass_through_map_and_filter_in_their_order() throws Exception {
        List<String> result = AsyncStream.of(1, 2, 3, 4, 5)
                .filter(i -> i % 2 == 1)
                .map(i -> "n" + i)
                .collect(Collectors.toList())
                .await();

        assertThat(result).containsExactly("n1", "n3", "n5");
    }

    @Test
    void next_ends_with_null_after_the_last_element() throws Exception {
        AsyncStream<String> stream = AsyncStream.of("a");

        assertThat(stream.next().await()).isEqualTo("a");
        assertThat(stream.next().await()).isNull();
        assertThatThrownBy(() -> stream.next().await()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_empty_stream_collects_to_nothing() throws Exception {
        assertThat(AsyncStream.<String>empty().collect(Collectors.toList()).await()).isEmpty();
    }

    @Test
    void the_end_is_not_given_to_functions() throws Exception {
        List<Integer> seen = new ArrayList<>();

        AsyncStream.of(7)
                .map(i -> {
                    seen.add(i);
                    return i;
                })
                .filter(i -> seen.add(i))
                .forEach(seen::add)
                .await();

        assertThat(seen).containsExactly(7, 7, 7);
    }

    @Test
    void a_pending_stream_goes_on_with_what_comes_later() throws Exception {
        Source source = new Source();
        List<Integer> seen = new ArrayList<>();
        Pollable<Void> all = source.map(i -> i * 10).forEach(seen::add);

        assertThat(all.poll(NOBODY).isReady()).isFalse();
        source.ready.add(1);
        source.ready.add(2);
        assertThat(all.poll(NOBODY).isReady()).isFalse();
        assertThat(seen).containsExactly(10, 20);
        source.ended = true;
        assertThat(all.poll(NOBODY).isReady()).isTrue();
        assertThatThrownBy(() -> all.poll(NOBODY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothing_happens_before_the_first_poll() {
        Source source = new Source();
        source.filter(i -> true).map(i -> i).forEach(i -> {});
        source.next();

        assertThat(source.polls).isZero();
    }

    @Test
    void closing_an_operator_closes_the_source_once() {
        Source source = new Source();
        AsyncStream<Integer> stream = source.filter(i -> true).map(i -> i);

        stream.close();
        stream.close();

        assertThat(source.closes).isOne();
        assertThatThrownBy(() -> stream.pollNext(NOBODY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closing_a_pending_collect_closes_the_source() throws Exception {
        Source source = new Source();
        Pollable<List<Integer>> list = source.collect(Collectors.toList());
        list.poll(NOBODY);

        list.close();

        assertThat(source.closes).isOne();
    }

    @Test
    void a_stream_that_said_the_end_is_not_closed_for_it() throws Exception {
        Source source = new Source();
        source.ended = true;
        AsyncStream<Integer> stream = source.map(i -> i);

        assertThat(stream.pollNext(NOBODY).value()).isNull();
        stream.close();

        assertThat(source.closes).isZero();
    }

    @Test
    void a_failing_function_fails_the_stream_and_closes_the_source() {
        for (int operator = 0; operator < 4; operator++) {
            Source source = new Source();
            source.ready.add(1);
            Pollable<?> end = failing(operator, source);

            assertThatThrownBy(() -> end.poll(NOBODY)).isInstanceOf(IOException.class);
            assertThat(source.closes).isOne();
            assertThatThrownBy(() -> end.poll(NOBODY)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static Pollable<?> failing(int operator, AsyncStream<Integer> source) {
        return switch (operator) {
            case 0 -> source.map(AsyncStreamTest::fail).next();
            case 1 -> source.filter(i -> fail(i) == null).next();
            case 2 -> source.forEach(AsyncStreamTest::fail);
            default -> source.map(AsyncStreamTest::fail).collect(Collectors.counting());
        };
    }

    private static Object fail(int element) throws IOException {
        throw new IOException("element " + element);
    }

    @Test
    void null_elements_are_refused_with_a_message() {
        assertThatThrownBy(() -> AsyncStream.of("a", null)).hasMessage("elements[1] is null");
        assertThatThrownBy(() -> AsyncStream.of("a").map(s -> null).next().await())
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("map");
        List<String> withNull = new ArrayList<>();
        withNull.add(null);
        assertThatThrownBy(() -> AsyncStream.from(withNull.iterator()).next().await())
                .hasMessageContaining("iterator");
    }

    @Test
    void closing_next_forgets_the_waker_and_keeps_the_stream() throws Exception {
        Source source = new Source();
        AsyncStream<Integer> stream = source.map(i -> i).filter(i -> true);
        Pollable<Integer> next = stream.next();
        next.poll(NOBODY);
        assertThat(source.waker).isSameAs(NOBODY);

        next.close();

        assertThat(source.waker).isNull();
        assertThat(source.closes).isZero();
        source.ready.add(1);
        assertThat(stream.next().await()).isOne();
    }

    @Test
    void closing_a_next_that_was_never_polled_leaves_another_wait_alone() throws Exception {
        Source source = new Source();
        source.next().poll(NOBODY);

        source.next().close();

        assertThat(source.waker).isSameAs(NOBODY);
    }

    @Test
    void long_runs_of_ready_elements_let_other_tasks_run() throws Exception {
        int turns = 4;
        List<Integer> many = IntStream.range(0, turns * Stage.TURN).boxed().toList();
        for (Pollable<?> pollable : List.of(
                AsyncStream.from(many.iterator()).forEach(i -> {}),
                AsyncStream.from(many.iterator()).filter(i -> false).next())) {
            AtomicInteger wakes = new AtomicInteger();
            int pending = 0;

            while (!pollable.poll(wakes::incrementAndGet).isReady()) {
                pending++;
                assertThat(wakes).hasValue(pending);
            }

            assertThat(pending).isEqualTo(turns);
        }
    }

    @Test
    void the_container_is_made_once_and_not_before_the_first_poll() throws Exception {
        AtomicInteger containers = new AtomicInteger();
        Pollable<Long> count = AsyncStream.of(1, 2, 3)
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(() -> {
                            containers.incrementAndGet();
                            return new ArrayList<Integer>();
                        }),
                        list -> (long) list.size()));
        assertThat(containers).hasValue(0);

        assertThat(count.await()).isEqualTo(3);
        assertThat(containers).hasValue(1);
    }
}
