package dev.gearbox.compare.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gearbox.compare.Fakes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static Object parse(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            Object value = value(parser);
            assertThat(parser.nextToken()).isNull();
            return value;
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                object.put(name, value(parser));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser));
            }
            return array;
        }
        if (parser.currentToken().isNumeric()) {
            return parser.getDoubleValue();
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
    }

    @Test
    @SuppressWarnings("unchecked")
    void json_has_the_promised_form() throws IOException {
        Map<String, Object> json = (Map<String, Object>) parse(JsonReport.write(Fakes.report()));
        assertThat(json).containsEntry("jdk", "25").containsEntry("cpus", 2.0).containsEntry("date", "2026-11-22T10:00:00Z");
        List<Map<String, Object>> results = (List<Map<String, Object>>) json.get("results");
        assertThat(results).hasSize(6).allSatisfy(result -> assertThat(result)
                .containsOnlyKeys(
                        "scenario", "scheduler", "metric", "unit", "better", "median", "min", "max", "rounds"));
        assertThat(results.get(0))
                .containsEntry("scenario", "walk")
                .containsEntry("scheduler", "red")
                .containsEntry("metric", "time")
                .containsEntry("unit", "µs")
                .containsEntry("better", "lower")
                .containsEntry("median", 20.0)
                .containsEntry("min", 18.0)
                .containsEntry("max", 24.0)
                .containsEntry("rounds", List.of(24.0, 20.0, 18.0));
        assertThat(results.get(2)).containsEntry("better", "higher");
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_ratio_that_there_is_not_is_null_in_json() throws IOException {
        Map<String, Object> json = (Map<String, Object>) parse(JsonReport.write(Fakes.report()));
        assertThat((List<Map<String, Object>>) json.get("ratios"))
                .extracting(ratio -> ratio.get("better"))
                .containsExactly(4.0, 0.5, null);
    }

    @Test
    void the_table_shows_schedulers_side_by_side_with_spread_and_ratio() {
        String table = TableReport.write(Fakes.report());
        assertThat(table.lines()).anyMatch(line -> line.matches("scenario +metric +unit +red +blue +blue : red"));
        assertThat(table.lines())
                .anyMatch(line -> line.matches("walk +time +µs +20 \\(18\\.\\.24\\) +5 \\(4\\.\\.6\\) +4\\.00x"));
        assertThat(table.lines()).anyMatch(line -> line.matches(" +rate +steps/s +1 000 +500 +0\\.50x"));
        assertThat(table).contains("Note: a note", "PROBLEM: walk on red: void: it rained");
    }

    @Test
    void the_page_needs_nothing_from_elsewhere() {
        String page = HtmlReport.write(Fakes.report());
        assertThat(page).contains("Chart.js v", "Chart.js Contributors", "new Chart(");
        assertThat(page).doesNotContain("<!-- ").doesNotContainPattern("(src|href)=[\"']");
        assertThat(page.split("</script>", -1)).hasSize(4); // data, library, page
    }

    @Test
    void figures_have_three_digits_and_no_exponents() {
        assertThat(Figures.plain(0)).isEqualTo("0");
        assertThat(Figures.plain(0.012345)).isEqualTo("0.0123");
        assertThat(Figures.plain(66.66)).isEqualTo("66.7");
        assertThat(Figures.plain(1_234_567)).isEqualTo("1 230 000");
        assertThat(Figures.times(2.5)).isEqualTo("2.50x");
        assertThat(Figures.times(123.4)).isEqualTo("123x");
        assertThat(Figures.times(Double.NaN)).isEqualTo("–");
    }
}
