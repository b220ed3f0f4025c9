package p101.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A row of figures of one kind; the median is what to quote. */
final class Figures {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return quantile(0.5);
    }

    /** The value below which a share of the figures lies, the nearest one taken. */
    double quantile(double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.round(share * (sorted.size() - 1))));
    }

    double max() {
        return quantile(1);
    }

    /** {@code median (min to max)} with a unit. */
    String show(String unit) {
        return String.format(
                Locale.ROOT, "%.3f%s (%.3f to %.3f, n=%d)", median(), unit, quantile(0), quantile(1), values.size());
    }
}
