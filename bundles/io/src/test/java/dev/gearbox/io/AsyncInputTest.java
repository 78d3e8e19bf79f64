package dev.gearbox.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Pollable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AsyncInputTest {
    @Test
    void read_takes_what_is_there() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(10);
        ScriptedInput input = ScriptedInput.of("abc", "de");
        assertThat(input.read(buffer).await()).isEqualTo(3);
        assertThat(input.read(buffer).await()).isEqualTo(2);
        assertThat(input.read(buffer).await()).isEqualTo(AsyncInput.END);
        assertThat(new String(buffer.array(), 0, 5, StandardCharsets.UTF_8)).isEqualTo("abcde");
    }

    @Test
    void read_waits_until_bytes_arrive() throws Exception {
        ScriptedInput input = ScriptedInput.of(null, "abc");
        Pollable<Integer> read = input.read(ByteBuffer.allocate(10));
        AtomicInteger wakes = new AtomicInteger();
        assertThat(read.poll(wakes::incrementAndGet).isReady()).isFalse();
        assertThat(wakes).hasValue(0);
        input.arrive();
        assertThat(wakes).hasValue(1);
        assertThat(read.poll(wakes::incrementAndGet).value()).isEqualTo(3);
    }

    @Test
    void a_cancelled_read_takes_nothing() throws Exception {
        ScriptedInput input = ScriptedInput.of(null, "abc");
        Pollable<Integer> read = input.read(ByteBuffer.allocate(10));
        assertThat(read.poll(() -> {}).isReady()).isFalse();
        read.close();
        assertThat(input.readString(10).await()).isEqualTo("abc");
    }

    @Test
    void a_finished_read_cannot_be_polled_again() throws Exception {
        Pollable<Integer> read = ScriptedInput.of("abc").read(ByteBuffer.allocate(10));
        read.poll(() -> {});
        assertThatThrownBy(() -> read.poll(() -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_read_with_no_room_is_ready_with_zero() throws Exception {
        assertThat(ScriptedInput.of("abc").read(ByteBuffer.allocate(0)).await()).isZero();
    }

    @Test
    void read_exact_fills_the_buffer_and_leaves_the_rest() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(4);
        ScriptedInput input = ScriptedInput.of("ab", null, "cde").wakingItself();
        input.readExact(buffer).await();
        assertThat(buffer.array()).asString(StandardCharsets.UTF_8).isEqualTo("abcd");
        assertThat(input.readString(10).await()).isEqualTo("e");
    }

    @Test
    void read_exact_fails_when_the_input_ends_too_early() {
        ByteBuffer buffer = ByteBuffer.allocate(4);
        assertThatThrownBy(() -> ScriptedInput.of("abc").readExact(buffer).await())
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("1 bytes");
        assertThat(buffer.position()).isEqualTo(3);
    }

    @Test
    void read_all_reads_up_to_its_limit_and_no_further() throws Exception {
        assertThat(ScriptedInput.of("abc", "def").readAll(6).await()).hasSize(6);
        assertThat(ScriptedInput.of().readAll(0).await()).isEmpty();
        assertThat(ScriptedInput.of("x".repeat(5000)).readAll(Integer.MAX_VALUE).await()).hasSize(5000);
        assertThatThrownBy(() -> ScriptedInput.of("abc", "def").readAll(5).await())
                .isInstanceOfSatisfying(
                        LimitExceededException.class, failure -> assertThat(failure.limit()).isEqualTo(5));
        assertThatThrownBy(() -> ScriptedInput.of("a").readAll(0).await()).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void read_string_decodes_across_pieces() throws Exception {
        byte[] text = "grüße €".getBytes(StandardCharsets.UTF_8);
        ScriptedInput input = ScriptedInput.random(text, new java.util.Random(1));
        assertThat(input.readString(100).await()).isEqualTo("grüße €");
    }

    @Test
    void read_string_refuses_bytes_that_are_no_text() {
        ScriptedInput input = ScriptedInput.random(new byte[] {(byte) 0xC3, 0x28}, new java.util.Random(1));
        assertThatThrownBy(() -> input.readString(100).await()).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void a_failure_of_the_input_reaches_the_reader() {
        IOException failure = new IOException("gone");
        assertThatThrownBy(() -> ScriptedInput.of("a").thenFail(failure).readAll(9).await()).isSameAs(failure);
    }

    @Test
    void a_closed_input_says_so() {
        ScriptedInput input = ScriptedInput.of("abc");
        input.close();
        assertThatThrownBy(() -> input.readAll(10).await()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void bad_arguments_fail_at_once_and_are_named() {
        ScriptedInput input = ScriptedInput.of("abc");
        assertThatThrownBy(() -> input.readAll(-3)).hasMessage("limit is negative: -3");
        assertThatThrownBy(() -> input.readString(-3)).hasMessage("limit is negative: -3");
        assertThatThrownBy(() -> input.read(null)).hasMessage("dst");
        assertThatThrownBy(() -> input.read(ByteBuffer.allocate(1).asReadOnlyBuffer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("dst is read-only");
    }
}
