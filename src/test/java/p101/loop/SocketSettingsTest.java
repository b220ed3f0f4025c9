package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class SocketSettingsTest {
    @Test
    void aConnectionIsProbedWhenWanted() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            SocketSettings.DEFAULT.applyTo(channel);
            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isFalse();
            SocketSettings.DEFAULT.withKeepAliveSeconds(30).applyTo(channel);
            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
            if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE))
                        .isEqualTo(30);
                // A dead host is known after 30 + 4 x 5 seconds.
                assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL))
                        .isEqualTo(5);
                assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT))
                        .isEqualTo(4);
            }
        }
    }

    @Test
    void negativeNumbersAreRefused() {
        assertThatThrownBy(() -> SocketSettings.DEFAULT.withKeepAliveSeconds(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
