package p101.bench;

import java.io.IOException;

/** The figures of two servers that were measured in turn, and of their ratio, round by round. */
final class Comparison {
    private final Figures ratios = new Figures();
    private final Figures echoRates = new Figures();
    private final Figures ourRates = new Figures();

    /** One measurement of a rate. */
    @FunctionalInterface
    interface Rate {
        double perSecond() throws IOException;
    }

    private Comparison() {}

    /** Measures {@code echo}, then {@code ours}, as often as asked for; what the first rounds give is not counted. */
    static Comparison of(int warmUpRounds, int rounds, Rate echo, Rate ours) throws IOException {
        Comparison comparison = new Comparison();
        for (int round = -warmUpRounds; round < rounds; round++) {
            double base = echo.perSecond();
            double rate = ours.perSecond();
            if (round >= 0) {
                comparison.ratios.add(rate / base);
                comparison.echoRates.add(base / 1_000);
                comparison.ourRates.add(rate / 1_000);
            }
        }
        return comparison;
    }

    /** @param name of what is compared with the echo */
    String show(String name) {
        return "ratio " + ratios.show("") + "  " + name + " " + ourRates.show(" k/s") + "  echo "
                + echoRates.show(" k/s");
    }
}
