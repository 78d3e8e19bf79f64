package dev.gearbox.compare.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gearbox.compare.Latency;
import dev.gearbox.compare.Problem;
import dev.gearbox.compare.Ratio;
import dev.gearbox.compare.Report;
import dev.gearbox.compare.Result;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** Writes a report as JSON; the names are those of the records' components. */
public final class JsonReport {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReport() {}

    /** Returns one JSON object, indented. */
    public static String write(Report report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            report(json, report);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.append('\n').toString();
    }

    private static void report(JsonGenerator json, Report report) throws IOException {
        json.writeStartObject();
        json.writeStringField("jdk", report.jdk());
        json.writeNumberField("cpus", report.cpus());
        json.writeStringField("date", report.date().toString());
        json.writeStringField("collector", report.collector());
        json.writeNumberField("heapMegabytes", report.heapMegabytes());
        strings(json, "schedulers", report.schedulers());
        json.writeObjectFieldStart("scenarios");
        for (Map.Entry<String, String> scenario : report.scenarios().entrySet()) {
            json.writeStringField(scenario.getKey(), scenario.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("results");
        for (Result result : report.results()) {
            result(json, result);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("ratios");
        for (Ratio ratio : report.ratios()) {
            ratio(json, ratio);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("latencies");
        for (Latency latency : report.latencies()) {
            latency(json, latency);
        }
        json.writeEndArray();
        strings(json, "notes", report.notes());
        json.writeArrayFieldStart("problems");
        for (Problem problem : report.problems()) {
            problem(json, problem);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void result(JsonGenerator json, Result result) throws IOException {
        json.writeStartObject();
        json.writeStringField("scenario", result.scenario());
        json.writeStringField("scheduler", result.scheduler());
        json.writeStringField("metric", result.metric());
        json.writeStringField("unit", result.unit());
        json.writeStringField("better", result.better().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("median", result.median());
        json.writeNumberField("min", result.min());
        json.writeNumberField("max", result.max());
        json.writeArrayFieldStart("rounds");
        for (double round : result.rounds()) {
            json.writeNumber(round);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void ratio(JsonGenerator json, Ratio ratio) throws IOException {
        json.writeStartObject();
        json.writeStringField("scenario", ratio.scenario());
        json.writeStringField("metric", ratio.metric());
        json.writeStringField("scheduler", ratio.scheduler());
        json.writeStringField("baseline", ratio.baseline());
        if (Double.isFinite(ratio.better())) {
            json.writeNumberField("better", ratio.better());
        } else {
            json.writeNullField("better");
        }
        json.writeEndObject();
    }

    private static void latency(JsonGenerator json, Latency latency) throws IOException {
        json.writeStartObject();
        json.writeStringField("scenario", latency.scenario());
        json.writeStringField("scheduler", latency.scheduler());
        json.writeStringField("metric", latency.metric());
        json.writeStringField("unit", latency.unit());
        json.writeNumberField("samples", latency.samples());
        json.writeArrayFieldStart("percentiles");
        for (Map.Entry<Double, Double> point : latency.percentiles().entrySet()) {
            json.writeStartObject();
            json.writeNumberField("percent", point.getKey());
            json.writeNumberField("value", point.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void problem(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        json.writeStringField("scenario", problem.scenario());
        json.writeStringField("scheduler", problem.scheduler());
        json.writeStringField("kind", problem.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("reason", problem.reason());
        json.writeEndObject();
    }
}
