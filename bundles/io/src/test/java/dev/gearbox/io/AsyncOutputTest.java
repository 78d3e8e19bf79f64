package dev.gearbox.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Pollable;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AsyncOutputTest {
    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void write_gives_as_much_as_is_taken() throws Exception {
        ScriptedOutput output = ScriptedOutput.withRoom(2);
        assertThat(output.write(bytes("abc")).await()).isEqualTo(2);
        assertThat(output.text()).isEqualTo("ab");
    }

    @Test
    void write_all_waits_for_room_and_loses_nothing_when_cancelled() throws Exception {
        ScriptedOutput output = ScriptedOutput.withRoom(2);
        ByteBuffer src = bytes("abcdef");
        AtomicInteger wakes = new AtomicInteger();
        Pollable<Void> write = output.writeAll(src);
        assertThat(write.poll(wakes::incrementAndGet).isReady()).isFalse();
        output.makeRoom(2);
        assertThat(wakes).hasValue(1);
        assertThat(write.poll(wakes::incrementAndGet).isReady()).isFalse();
        write.close();
        output.makeRoom(2);
        output.writeAll(src).await();
        assertThat(output.text()).isEqualTo("abcdef");
    }

    @Test
    void write_string_encodes() throws Exception {
        ScriptedOutput output = ScriptedOutput.open();
        output.writeString("grüße €").await();
        assertThat(output.text()).isEqualTo("grüße €");
    }

    @Test
    void finish_flushes_and_then_closes() throws Exception {
        ScriptedOutput output = ScriptedOutput.open();
        output.finish().await();
        assertThat(output.flushes).isEqualTo(1);
        assertThat(output.closed).isTrue();
        assertThatThrownBy(() -> output.writeString("a").await()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void small_writes_reach_a_buffered_output_together() throws Exception {
        ScriptedOutput output = ScriptedOutput.open();
        BufferedOutput buffered = new BufferedOutput(output, 16);
        buffered.writeString("abc").await();
        buffered.writeString("def").await();
        assertThat(output.writes).isZero();
        assertThat(buffered.held()).isEqualTo(6);
        buffered.flush().await();
        assertThat(output.writes).isEqualTo(1);
        assertThat(output.flushes).isEqualTo(1);
        assertThat(output.text()).isEqualTo("abcdef");
    }

    @Test
    void a_full_buffered_output_makes_its_writer_wait() throws Exception {
        ScriptedOutput output = ScriptedOutput.withRoom(0);
        BufferedOutput buffered = new BufferedOutput(output, 4);
        buffered.writeString("a").await();
        ByteBuffer src = bytes("bcdef");
        Pollable<Void> write = buffered.writeAll(src);
        AtomicInteger wakes = new AtomicInteger();
        assertThat(write.poll(wakes::incrementAndGet).isReady()).isFalse();
        assertThat(src.remaining()).isEqualTo(2);
        output.makeRoom(3);
        assertThat(wakes).hasValue(1);
        assertThat(write.poll(wakes::incrementAndGet).isReady()).isTrue();
        assertThat(output.text() + buffered.held()).isEqualTo("abc3");
        output.makeRoom(3);
        buffered.finish().await();
        assertThat(output.text()).isEqualTo("abcdef");
        assertThat(output.closed).isTrue();
    }

    @Test
    void large_writes_bypass_an_empty_buffer() throws Exception {
        ScriptedOutput output = ScriptedOutput.open();
        BufferedOutput buffered = new BufferedOutput(output, 4);
        buffered.writeString("abcdefgh").await();
        assertThat(buffered.held()).isZero();
        assertThat(output.writes).isEqualTo(1);
    }

    @Test
    void a_closed_buffered_output_says_so() throws Exception {
        BufferedOutput buffered = new BufferedOutput(ScriptedOutput.open(), 4);
        buffered.close();
        assertThatThrownBy(() -> buffered.writeString("a").await()).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> buffered.flush().await()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void bad_arguments_fail_at_once_and_are_named() {
        assertThatThrownBy(() -> new BufferedOutput(ScriptedOutput.open(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity is not between 1 and 1073741824: 0");
        assertThatThrownBy(() -> ScriptedOutput.open().writeAll(null)).hasMessage("src");
    }
}
