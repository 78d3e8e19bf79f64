package dev.gearbox.compare.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Writes numbers for people: three significant digits, no exponents. */
public final class Figures {
    private Figures() {}

    /** Returns the number with three significant digits, and thousands set apart by spaces. */
    public static String plain(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
        if (Math.abs(value) >= 1000) {
            return String.format(Locale.ROOT, "%,d", rounded.toBigInteger()).replace(',', ' ');
        }
        return rounded.toPlainString();
    }

    /** Returns how many times better something is, such as {@code 2.50x}. */
    public static String times(double ratio) {
        return Double.isFinite(ratio) ? (ratio < 10 ? String.format(Locale.ROOT, "%.2fx", ratio) : plain(ratio) + "x") : "–";
    }
}
