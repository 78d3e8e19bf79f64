package dev.gearbox.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Pollable;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BufferedInputTest {
    private static List<String> lines(BufferedInput input) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line; (line = input.readLine().await()) != null; ) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void lines_end_with_line_feeds_and_lose_one_carriage_return() throws Exception {
        BufferedInput input = new BufferedInput(ScriptedInput.of("a\r\n\nb\r\r\nc\rd\n", "last"));
        assertThat(lines(input)).containsExactly("a", "", "b\r", "c\rd", "last");
    }

    @Test
    void any_split_of_the_bytes_gives_the_same_lines() throws Exception {
        byte[] text = "eins\nzwei\r\n\n\nfünf €\nsechs\n".repeat(20).getBytes(StandardCharsets.UTF_8);
        List<String> expected = lines(new BufferedInput(ScriptedInput.random(text, new Random(0)), 100_000));
        assertThat(expected).hasSize(120);
        for (int seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            BufferedInput input = new BufferedInput(ScriptedInput.random(text, random), 12 + random.nextInt(50));
            assertThat(lines(input)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void a_line_that_does_not_fit_is_refused_and_stays() throws Exception {
        BufferedInput input = new BufferedInput(ScriptedInput.of("abc", "def\n"), 4);
        assertThatThrownBy(() -> input.readLine().await()).isInstanceOf(LimitExceededException.class);
        assertThat(input.readString(10).await()).isEqualTo("abcdef\n");
    }

    @Test
    void a_line_that_is_no_text_is_refused() {
        byte[] bytes = {(byte) 0xFF, '\n'};
        BufferedInput input = new BufferedInput(ScriptedInput.random(bytes, new Random(1)));
        assertThatThrownBy(() -> input.readLine().await()).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void a_cancelled_line_stays_in_the_buffer() throws Exception {
        BufferedInput input = new BufferedInput(ScriptedInput.of("abc", null, "def\n"));
        Pollable<String> line = input.readLine();
        assertThat(line.poll(() -> {}).isReady()).isFalse();
        line.close();
        assertThat(input.readLine().await()).isEqualTo("abcdef");
    }

    @Test
    void read_until_keeps_the_delimiter() throws Exception {
        BufferedInput input = new BufferedInput(ScriptedInput.of("ab", ";cd"));
        assertThat(input.readUntil((byte) ';').await()).asString(StandardCharsets.UTF_8).isEqualTo("ab;");
        assertThat(input.readUntil((byte) ';').await()).asString(StandardCharsets.UTF_8).isEqualTo("cd");
        assertThat(input.readUntil((byte) ';').await()).isNull();
    }

    @Test
    void peeking_takes_nothing() throws Exception {
        BufferedInput input = new BufferedInput(ScriptedInput.of("ab", "cd"), 8);
        assertThat(input.peek(3).await().remaining()).isEqualTo(4);
        assertThat(input.peek(8).await().remaining()).isEqualTo(4);
        assertThat(input.readString(10).await()).isEqualTo("abcd");
    }

    @Test
    void small_reads_are_served_from_the_buffer_and_large_ones_bypass_it() throws Exception {
        ScriptedInput source = ScriptedInput.of("abcd", "efghijkl");
        BufferedInput input = new BufferedInput(source, 4);
        ByteBuffer one = ByteBuffer.allocate(2);
        input.readExact(one).await();
        input.readExact(one.clear()).await();
        assertThat(source.reads).isEqualTo(1);
        ByteBuffer large = ByteBuffer.allocate(8);
        assertThat(input.read(large).await()).isEqualTo(8);
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void a_closed_buffered_input_says_so_even_with_bytes_left() throws Exception {
        ScriptedInput source = ScriptedInput.of("abc");
        BufferedInput input = new BufferedInput(source);
        input.peek(1).await();
        input.close();
        assertThat(source.isClosed()).isTrue();
        assertThatThrownBy(() -> input.readAll(10).await()).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(input::buffer).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> input.readLine().await()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void bad_arguments_fail_at_once_and_are_named() {
        BufferedInput input = new BufferedInput(ScriptedInput.of(), 8);
        assertThatThrownBy(() -> input.peek(9)).hasMessage("count is not between 1 and 8: 9");
        assertThatThrownBy(() -> new BufferedInput(null)).hasMessage("in");
    }
}
