package dev.gearbox.compare.report;

import dev.gearbox.compare.Report;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a report as one HTML page with plots, which needs nothing else to be viewed: library and data are inside. */
public final class HtmlReport {
    private HtmlReport() {}

    /** Returns the page. */
    public static String write(Report report) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("<!-- style -->", "<style>\n" + resource("page.css") + "</style>");
        parts.put("<!-- data -->", "<script type=\"application/json\" id=\"report\">\n" + json(report) + "</script>");
        parts.put(
                "<!-- charts -->",
                "<script>\n/*\n" + resource("chartjs/LICENSE.md").strip() + "\n*/\n" + resource("chartjs/chart.umd.js")
                        + "\n</script>");
        parts.put("<!-- page -->", "<script>\n" + resource("page.js") + "</script>");
        String page = resource("page.html");
        for (Map.Entry<String, String> part : parts.entrySet()) {
            page = page.replace(part.getKey(), part.getValue());
        }
        return page;
    }

    /** In JSON a less-than sign stands in strings only, and there it must not end the script element. */
    private static String json(Report report) {
        return JsonReport.write(report).replace("<", "\\u003c");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the bundle lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
