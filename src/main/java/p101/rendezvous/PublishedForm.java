package p101.rendezvous;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import p101.registry.Outcome;
import p101.registry.Presence;

/**
 * The dialect of published peers: what they need stands in the reason and in the third header, and the connection is closed
 * after each answer. spec/RENDEZVOUS.md, sections 2 and 4.
 */
final class PublishedForm implements Form {
    static final String REGISTER_PATH = "/info";
    static final String LIST_PATH = "/listOfclients";
    static final String CHOOSE_PATH = "/choseClient";

    static final String LIST_REASON = "Which system do you want to connect to?";
    static final String CHOOSE_REASON = "The information required to connect to the system";

    /** Most bytes of {@code ids} with its names: Python's client gives up at a header line of 65,536. */
    static final int MAX_IDS_BYTES = 65_000;

    private static final int PEERS_AT_ONCE = 1_024;

    private static final int PORT_DIGITS = 5;

    private final PeerDirectory directory;

    PublishedForm(PeerDirectory directory) {
        this.directory = directory;
    }

    @Override
    public void answer(HttpRequest request, Asker asker, long nowNanos, String date, Consumer<HttpAnswer> answers) {
        String path = request.path();
        Out out = new Out(request.asksToKeepOpen() && request.wantsKeptOpen(), date, answers);
        if (BrowserGuard.refuses(request)) {
            out.plain(Status.FORBIDDEN);
        } else if (request.isPost() && path.endsWith(REGISTER_PATH)) {
            register(request.body(), asker, nowNanos, out);
        } else if (request.method().equalsIgnoreCase("GET") && path.endsWith(LIST_PATH)) {
            list(new Ids(), nowNanos, out);
        } else if (request.isPost() && path.endsWith(CHOOSE_PATH)) {
            choose(request.body(), asker, nowNanos, out);
        } else {
            out.plain(Status.NOT_FOUND);
        }
    }

    /** Where one answer goes. */
    private record Out(boolean keepOpen, String date, Consumer<HttpAnswer> answers) {
        void plain(Status status) {
            answers.accept(HttpAnswer.published(status, status.reason(), null, keepOpen, date));
        }

        void header(String reason, String name, String value) {
            answers.accept(HttpAnswer.published(Status.OK, reason, new String[] {name, value}, keepOpen, date));
        }
    }

    private void register(byte[] body, Asker asker, long nowNanos, Out out) {
        Offer offer = offer(body);
        if (offer == null) {
            out.plain(Status.BAD_REQUEST);
            return;
        }
        directory.register(
                offer,
                asker.source(),
                nowNanos,
                result -> out.plain(
                        switch (result) {
                            case CREATED, RENEWED -> Status.OK;
                            case TAKEN -> Status.CONFLICT;
                            default -> Status.UNAVAILABLE;
                        }));
    }

    /** {@code null} when the body is no registration. */
    static Offer offer(byte[] body) {
        Json.Members object = object(body);
        if (object == null || object.all().isEmpty()) {
            return null;
        }
        GivenName name = GivenName.of(object.all().get(0).name()).orElse(null);
        // The published server goes by the place alone; whoever names them may have them in another order.
        Json port = object.named("port", 1) != null ? object.named("port", 1) : object.at(1);
        Json host = object.named("hostname", 1) != null ? object.named("hostname", 1) : object.at(2);
        String hostText = host instanceof Json.Text text ? text.value() : "";
        int portNumber = port(port);
        if (name == null || portNumber == 0) {
            return null;
        }
        String address = object.at(0) instanceof Json.Text text ? text.value() : "";
        // Nobody is turned away for a host name with a blank or an umlaut: the address is what others go by.
        return new Offer(name, portNumber, Offer.isHost(hostText) ? hostText : "", address, false);
    }

    private static Json.Members object(byte[] body) {
        try {
            return JsonReader.read(body) instanceof Json.Members members ? members : null;
        } catch (JsonException noJson) {
            return null;
        }
    }

    /** A number, or digits as text; 0 when it is no port. */
    static int port(Json value) {
        String digits = value instanceof Json.Number number
                ? number.literal()
                : value instanceof Json.Text text ? text.value() : "";
        if (digits.isEmpty() || digits.length() > PORT_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int port = Integer.parseInt(digits);
        return Offer.isPort(port) ? port : 0;
    }

    private void choose(byte[] body, Asker asker, long nowNanos, Out out) {
        Json.Members object = object(body);
        if (object == null || !(object.at(0) instanceof Json.Text name)) {
            out.plain(Status.BAD_REQUEST);
            return;
        }
        directory.choose(name.value(), nowNanos, found -> {
            if (found == null) {
                out.plain(Status.NOT_FOUND);
            } else {
                out.header(CHOOSE_REASON, "infoClient", info(asker.view().of(found)));
            }
        });
    }

    private static String info(PeerView.Shown peer) {
        return new JsonText()
                .raw("[")
                .quoted(peer.address())
                .raw(", ")
                .quoted(Integer.toString(peer.port()))
                .raw(", ")
                .quoted(peer.host())
                .raw("]")
                .toString();
    }

    /** The list as far as it has been put together. */
    private static final class Ids {
        final JsonText json = new JsonText().raw("[");
        final Set<String> names = new HashSet<>();
        long lastNumber;
        boolean full;

        void add(Presence presence) {
            lastNumber = presence.number();
            String name = PeerView.name(presence);
            if (full || name.isEmpty() || !names.add(name)) {
                return;
            }
            int before = json.length();
            json.raw(before == 1 ? "" : ", ").quoted(name);
            if (json.length() >= MAX_IDS_BYTES) {
                json.cut(before);
                full = true;
            }
        }
    }

    private void list(Ids ids, long nowNanos, Out out) {
        directory.list(ids.lastNumber, PEERS_AT_ONCE, nowNanos, page -> onPage(page, ids, nowNanos, out));
    }

    private void onPage(Outcome.Present page, Ids ids, long nowNanos, Out out) {
        if (page == null) {
            out.plain(Status.UNAVAILABLE);
            return;
        }
        page.owners().forEach(ids::add);
        if (page.more() && !ids.full) {
            list(ids, nowNanos, out);
        } else {
            out.header(LIST_REASON, "ids", ids.json.raw("]").toString());
        }
    }
}
