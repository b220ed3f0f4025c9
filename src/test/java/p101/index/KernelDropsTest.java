package p101.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class KernelDropsTest {
    private static final String V4 =
            "  410: 0100007F:EA60 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 15 2 0 37";
    private static final String OTHER =
            "  411: 0100007F:EA61 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 16 2 0 5";
    private static final String V6 =
            "  412: 00000000000000000000000001000000:EA60 00000000000000000000000000000000:0000 07"
                    + " 00000000:00000000 00:00000000 00000000     0        0 17 2 0 4";

    @Test
    @EnabledOnOs(OS.LINUX)
    void theDropsOfItsOwnSocketsAreSummed() {
        org.junit.jupiter.api.Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        List<String> lines = List.of("  sl  local_address rem_address ... drops", V4, OTHER, V6);
        assertThat(KernelDrops.sum(lines, List.of(IndexFixture.at("127.0.0.1", 60_000))))
                .isEqualTo(37);
        assertThat(KernelDrops.sum(
                        lines, List.of(IndexFixture.at("127.0.0.1", 60_000), IndexFixture.at("::1", 60_000))))
                .isEqualTo(41);
        assertThat(KernelDrops.sum(lines, List.of(IndexFixture.at("10.0.0.1", 60_000))))
                .isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theSystemTells() {
        assertThat(KernelDrops.read(List.of(IndexFixture.at("127.0.0.1", 9)))).isNotNegative();
    }
}
