package dev.gearbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void numbers_stand_to_the_right_and_text_to_the_left() {
        Table table = new Table("name", "polls");
        table.row("classic", 5);
        table.row("a", 12345);
        assertThat(table).hasToString("name     polls\nclassic      5\na        12345");
    }
}
