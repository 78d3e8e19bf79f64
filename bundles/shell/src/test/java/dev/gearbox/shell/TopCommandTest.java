package dev.gearbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopCommandTest {
    private final TopCommand command = new TopCommand(new FakeAdmin().admin());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final CommandSession session = session(new PrintStream(printed, true, StandardCharsets.UTF_8));

    private static CommandSession session(PrintStream console) {
        return (CommandSession) Proxy.newProxyInstance(
                TopCommandTest.class.getClassLoader(), new Class<?>[] {CommandSession.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getConsole");
                    return console;
                });
    }

    @Test
    void it_prints_as_many_lines_as_asked_for_and_ends() throws Exception {
        command.top(session, 1);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .element(2)
                .asString()
                .startsWith("neutral");
    }

    @Test
    void an_interrupt_ends_it() throws Exception {
        Thread.currentThread().interrupt();
        command.top(session, Integer.MAX_VALUE);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(Thread.interrupted()).as("the interrupt was for the command alone").isFalse();
    }

    @Test
    void less_than_once_is_refused() {
        assertThatThrownBy(() -> command.top(session, 0)).hasMessage("how many times = 0, but it must be at least 1");
    }
}
