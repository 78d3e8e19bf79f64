import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Adds up the reports of the in-container tests and prints one line for each run.
 * Fails when a run has no tests at all, which the test plugin passes over in silence, or a failed one.
 *
 * <p>Usage: {@code java CountTests.java <folder of reports>}, with one folder for each run inside.
 */
public final class CountTests {

    private static final List<String> KINDS = List.of("tests", "failures", "errors", "skipped");

    private CountTests() {
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, int[]> runs = new TreeMap<>();
        Path reports = Path.of(arguments[0]);
        try (Stream<Path> files = Files.walk(reports)) {
            for (Path file : (Iterable<Path>) files.filter(CountTests::isReport)::iterator) {
                String run = reports.relativize(file).getName(0).toString();
                add(file, runs.computeIfAbsent(run, name -> new int[KINDS.size()]));
            }
        }
        boolean good = !runs.isEmpty();
        int total = 0;
        for (Map.Entry<String, int[]> run : runs.entrySet()) {
            int[] sum = run.getValue();
            good &= sum[0] > sum[3] && sum[1] + sum[2] == 0;
            total += sum[0];
            System.out.printf("In-container tests, %s on Java %s: %d run, %d failed, %d errors, %d skipped%n",
                    run.getKey(), Runtime.version().feature(), sum[0], sum[1], sum[2], sum[3]);
        }
        System.out.printf("In-container tests in all: %d%n", total);
        if (!good) {
            System.err.println("A run without tests, or with failed ones, is a failure.");
            System.exit(1);
        }
    }

    private static boolean isReport(Path file) {
        return file.getFileName().toString().matches("TEST-.*\\.xml");
    }

    private static void add(Path report, int[] sum) throws Exception {
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(report.toFile()).getDocumentElement();
        for (int kind = 0; kind < sum.length; kind++) {
            String value = root.getAttribute(KINDS.get(kind));
            sum[kind] += value.isEmpty() ? 0 : Integer.parseInt(value);
        }
    }
}
