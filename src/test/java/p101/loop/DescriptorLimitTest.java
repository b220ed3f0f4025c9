package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorLimitTest {
    @Test
    void readsTheSoftLimit() {
        String limits = "Limit                     Soft Limit           Hard Limit           Units\n"
                + "Max processes             95851                95851                processes\n"
                + "Max open files            20000                1048576              files\n";
        assertThat(DescriptorLimit.parse(limits)).isEqualTo(20_000);
    }

    @Test
    void makesANumberOfWhateverItReads() {
        assertThat(DescriptorLimit.parse("Max open files            unlimited            unlimited"))
                .isEqualTo(DescriptorLimit.MOST);
        assertThat(DescriptorLimit.parse("Max open files   99999999999999999999999"))
                .isEqualTo(DescriptorLimit.MOST);
        assertThat(DescriptorLimit.parse("")).isEqualTo(DescriptorLimit.ASSUMED);
        assertThat(DescriptorLimit.parse("Max open files   ")).isEqualTo(DescriptorLimit.ASSUMED);
        assertThat(DescriptorLimit.parse("Max open files   many")).isEqualTo(DescriptorLimit.ASSUMED);
    }

    @Test
    void aUsualLimitLeavesAFifthToFiles() {
        assertThat(DescriptorBudget.of(1_024, 40)).isEqualTo(new DescriptorBudget(819, 82));
        assertThat(DescriptorBudget.of(4_096, 40).connections()).isEqualTo(4_096 * 80 / 100);
        assertThat(DescriptorBudget.of(DescriptorLimit.MOST, 40).connections()).isEqualTo(800_000);
    }

    @Test
    void aSmallLimitKeepsHalfOfWhatIsFreeBack() {
        assertThat(DescriptorBudget.of(256, 40)).isEqualTo(new DescriptorBudget(108, 54));
        assertThat(DescriptorBudget.of(100, 40)).isEqualTo(new DescriptorBudget(30, 15));
        assertThat(DescriptorBudget.of(40, 41)).isEqualTo(new DescriptorBudget(1, 1));
    }

    @Test
    void limitsOfAPortAreWithinTheBudget() {
        int most = DescriptorBudget.ofThisProcess().connections();
        assertThat((long) most).isLessThanOrEqualTo(DescriptorLimit.read() * 80 / 100);
        assertThat(new AcceptLimits(Integer.MAX_VALUE, 7).withinDescriptorLimit())
                .isEqualTo(new AcceptLimits(most, 7));
        assertThat(new AcceptLimits(3, 2).withinDescriptorLimit()).isEqualTo(new AcceptLimits(3, 2));
    }
}
