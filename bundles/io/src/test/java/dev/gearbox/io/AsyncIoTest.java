package dev.gearbox.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AsyncIoTest {
    @Test
    void copy_moves_every_byte_and_flushes_at_the_end() throws Exception {
        for (int seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(5000)];
            random.nextBytes(bytes);
            ScriptedOutput output = ScriptedOutput.random(random);
            AsyncInput input = new BufferedInput(ScriptedInput.random(bytes, random), 1 + random.nextInt(50));
            BufferedOutput buffered = new BufferedOutput(output, 1 + random.nextInt(50));
            assertThat(AsyncIo.copy(input, buffered).await()).as("seed %d", seed).isEqualTo(bytes.length);
            assertThat(output.written.toByteArray()).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @Test
    void copy_reads_no_more_than_its_buffer_ahead_of_a_stalled_output() throws Exception {
        EndlessInput input = new EndlessInput();
        ScriptedOutput output = ScriptedOutput.withRoom(100);
        Pollable<Long> copy = AsyncIo.copy(input, output);
        for (int i = 0; i < 10; i++) {
            assertThat(copy.poll(() -> {}).isReady()).isFalse();
        }
        assertThat(input.given).isEqualTo(BufferedInput.DEFAULT_CAPACITY);
    }

    @Test
    void copy_flushes_before_it_waits_for_input() throws Exception {
        ScriptedOutput output = ScriptedOutput.open();
        Pollable<Long> copy = AsyncIo.copy(ScriptedInput.of("abc", null), new BufferedOutput(output));
        assertThat(copy.poll(() -> {}).isReady()).isFalse();
        assertThat(output.text()).isEqualTo("abc");
    }

    @Test
    void copy_gives_others_their_turn_when_neither_side_ever_waits() throws Exception {
        AtomicInteger wakes = new AtomicInteger();
        Pollable<Long> copy = AsyncIo.copy(new EndlessInput(), ScriptedOutput.open());
        assertThat(copy.poll(wakes::incrementAndGet).isReady()).isFalse();
        assertThat(wakes).hasValue(1);
    }

    @Test
    void a_cancelled_copy_leaves_unwritten_bytes_in_a_buffered_input() throws Exception {
        BufferedInput input = new BufferedInput(ScriptedInput.of("abcdef"));
        ScriptedOutput output = ScriptedOutput.withRoom(2);
        Pollable<Long> copy = AsyncIo.copy(input, output);
        assertThat(copy.poll(() -> {}).isReady()).isFalse();
        copy.close();
        assertThat(input.readString(10).await()).isEqualTo("cdef");
    }

    /** Always fills the buffer. */
    private static final class EndlessInput implements AsyncInput {
        long given;

        @Override
        public int pollRead(ByteBuffer dst, Waker waker) throws IOException {
            int count = dst.remaining();
            dst.position(dst.limit());
            given += count;
            return count;
        }

        @Override
        public void close() {}
    }
}
