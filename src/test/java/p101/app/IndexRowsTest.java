package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.pdu.RowFlags;
import p101.peer.FoundRow;
import p101.peer.ListedRow;

class IndexRowsTest {
    /** Allowed in a name, and yet nothing that a terminal should get: unassigned and private-use characters. */
    private static final String ODD = "a\u0378b\ue000c";

    @Test
    void namesOfOthersNeverReachATerminalRaw() {
        ListedRow row = new ListedRow(7, 0, 1024, new ContentId(1), PeerName.of(ODD), FileName.of(ODD));
        assertThat(IndexRows.line(row)).contains("a\\u{378}b\\u{e000}c").matches("[ -~]*");
        String json = IndexRows.json(row).toString();
        assertThat(json).matches("[ -~]*");
        assertThat(JsonParser.parseString(json).getAsJsonObject().get("name").getAsString())
                .isEqualTo(ODD);
    }

    @Test
    void columnsAreSizeIdPeerName() {
        ListedRow row = new ListedRow(
                7,
                RowFlags.PARTIAL,
                1024,
                new ContentId(0x0123_4567_89AB_CDEFL),
                PeerName.of("文件"),
                FileName.of("song"));
        assertThat(IndexRows.line(row)).isEqualTo("   1.0 KiB  0123456789abcdef  文件              song  (in download)");
    }

    @Test
    void whoReceivesIsNoFile() {
        ListedRow row = new ListedRow(
                7, RowFlags.NOT_FETCHABLE, 0, ContentId.NONE, PeerName.of("bob"), FileName.of("p101-receive"));
        assertThat(IndexRows.line(row)).endsWith("bob               p101-receive  (takes texts and files: p101 send)");
    }

    @Test
    void sourcesShowTheirAddress() throws Exception {
        Endpoint endpoint = new Endpoint(InetAddress.getByName("10.0.0.7"), 6010);
        FoundRow row = new FoundRow(7, RowFlags.NOT_FETCHABLE, endpoint, 0, ContentId.NONE, PeerName.of("alice"));
        assertThat(IndexRows.line(row, FileName.of("song")))
                .isEqualTo(
                        "         -  -                 10.0.0.7:6010          alice             song  (listed only)");
        assertThat(IndexRows.json(row, FileName.NONE).toString())
                .isEqualTo(
                        "{\"peer\":\"alice\",\"address\":\"10.0.0.7\",\"port\":6010,\"size\":null,\"id\":null,\"row\":7,"
                                + "\"complete\":true,\"fetch\":\"none\"}");
    }
}
