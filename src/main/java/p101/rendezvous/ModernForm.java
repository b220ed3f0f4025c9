package p101.rendezvous;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import p101.registry.Outcome;
import p101.registry.Presence;

/** The same three as JSON with the methods, paths and status codes of HTTP. spec/RENDEZVOUS.md, section 6. */
final class ModernForm implements Form {
    /** How all paths of this form begin; no path of the published form does. */
    static final String PREFIX = "/v1/";

    static final String PEERS = PREFIX + "peers";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_LISTED = 256;
    private static final int NUMBER_DIGITS = 18;

    private final PeerDirectory directory;

    ModernForm(PeerDirectory directory) {
        this.directory = directory;
    }

    static boolean isFor(HttpRequest request) {
        return request.path().startsWith(PREFIX);
    }

    @Override
    public void answer(HttpRequest request, Asker asker, long nowNanos, String date, Consumer<HttpAnswer> answers) {
        Out out = new Out(request.isHead(), request.wantsKeptOpen(), date, answers);
        String path = request.path();
        if (BrowserGuard.refuses(request)) {
            out.error(Status.FORBIDDEN, "not for web pages: use the address of the index in digits, and read only");
        } else if (path.equals(PEERS)) {
            onPeers(request, asker, nowNanos, out);
        } else if (path.startsWith(PEERS + "/")) {
            onPeer(request, path.substring(PEERS.length() + 1), asker, nowNanos, out);
        } else {
            out.error(Status.NOT_FOUND, "no such path; there are " + PEERS + " and " + PEERS + "/NAME");
        }
    }

    private void onPeers(HttpRequest request, Asker asker, long nowNanos, Out out) {
        if (request.isMethod("GET") || request.isHead()) {
            list(request.query(), asker, nowNanos, out);
        } else if (request.isMethod("POST")) {
            register(request, asker, nowNanos, out);
        } else {
            out.notAllowed("GET, HEAD, POST");
        }
    }

    private void onPeer(HttpRequest request, String escaped, Asker asker, long nowNanos, Out out) {
        boolean reads = request.isMethod("GET") || request.isHead();
        if (!reads && !request.isMethod("DELETE")) {
            out.notAllowed("GET, HEAD, DELETE");
            return;
        }
        GivenName name = GivenName.of(Escapes.decode(escaped)).orElse(null);
        if (name == null) {
            out.error(Status.NOT_FOUND, "no such peer");
        } else if (reads) {
            choose(name, asker, nowNanos, out);
        } else {
            unregister(name, asker, nowNanos, out);
        }
    }

    /** Where one answer goes. */
    private record Out(boolean isHead, boolean keepOpen, String date, Consumer<HttpAnswer> answers) {
        void json(Status status, JsonText json) {
            answers.accept(HttpAnswer.json(status, json.toString(), "", isHead, keepOpen, date));
        }

        void error(Status status, String message) {
            String header = status == Status.UNAVAILABLE ? "Retry-After: 5" : "";
            answers.accept(HttpAnswer.json(status, ModernForm.error(message), header, isHead, keepOpen, date));
        }

        void notAllowed(String allowed) {
            Status status = Status.METHOD_NOT_ALLOWED;
            String message = ModernForm.error("allowed here: " + allowed);
            answers.accept(HttpAnswer.json(status, message, "Allow: " + allowed, isHead, keepOpen, date));
        }
    }

    private static String error(String message) {
        return new JsonText().raw("{\"error\":").quoted(message).raw("}").toString();
    }

    private void register(HttpRequest request, Asker asker, long nowNanos, Out out) {
        // A form of a web page cannot send this type.
        String type = request.headers().first("content-type");
        if (type == null
                || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            out.error(Status.UNSUPPORTED_MEDIA_TYPE, "send Content-Type: application/json");
            return;
        }
        Offer offer;
        try {
            offer = offer(request.body());
        } catch (JsonException | IllegalArgumentException wrong) {
            out.error(Status.BAD_REQUEST, wrong.getMessage());
            return;
        }
        directory.register(offer, asker.source(), nowNanos, result -> onRegistered(result, offer, asker, out));
    }

    private void onRegistered(PeerDirectory.Result result, Offer offer, Asker asker, Out out) {
        switch (result) {
            case CREATED, RENEWED -> {
                String given =
                        offer.introduction(asker.source().isLoopbackAddress()).address();
                JsonText json = new JsonText()
                        .raw("{\"name\":")
                        .quoted(offer.name().text())
                        .raw(",\"address\":")
                        .quoted(given.isEmpty() ? GivenAddress.show(asker.source()) : given)
                        .raw(",\"port\":")
                        .number(offer.port())
                        .raw(",\"expires_in_seconds\":")
                        .number(directory.staySeconds(true))
                        .raw("}");
                out.json(result == PeerDirectory.Result.CREATED ? Status.CREATED : Status.OK, json);
            }
            case TAKEN -> out.error(Status.CONFLICT, "a peer at another address has this name; pick another one");
            default -> out.error(Status.UNAVAILABLE, "too many peers, or no answer from the registry; try again later");
        }
    }

    /**
     * @throws JsonException when the body is no JSON
     * @throws IllegalArgumentException when it says the wrong things; the message says which
     */
    private static Offer offer(byte[] body) throws JsonException {
        if (!(JsonReader.read(body) instanceof Json.Members object)) {
            throw new IllegalArgumentException("send an object: {\"name\": TEXT, \"port\": NUMBER}");
        }
        Set<String> seen = new HashSet<>();
        for (Json.Member member : object.all()) {
            if (!seen.add(member.name())) {
                throw new IllegalArgumentException("a member stands there twice");
            }
        }
        GivenName name = GivenName.of(text(object, "name"))
                .orElseThrow(() -> new IllegalArgumentException(
                        "name: 1 to " + GivenName.MAX_BYTES + " bytes without blanks and control characters"));
        int port = object.named("port", 0) instanceof Json.Number number ? PublishedForm.port(number) : 0;
        if (port == 0) {
            throw new IllegalArgumentException("port: a number from 1 to 65535");
        }
        String host = text(object, "hostname");
        if (!Offer.isHost(host)) {
            throw new IllegalArgumentException(
                    "hostname: at most " + Offer.MAX_HOST_BYTES + " printable ASCII characters without blanks");
        }
        return new Offer(name, port, host, text(object, "address"), true);
    }

    private static String text(Json.Members object, String name) {
        Json value = object.named(name, 0);
        if (value != null && !(value instanceof Json.Text)) {
            throw new IllegalArgumentException(name + ": must be a text");
        }
        return value == null ? "" : ((Json.Text) value).value();
    }

    private void unregister(GivenName name, Asker asker, long nowNanos, Out out) {
        directory.unregister(name, asker.source(), nowNanos, result -> {
            switch (result) {
                case LEFT -> out.json(Status.OK, new JsonText().raw("{}"));
                case UNKNOWN -> out.error(Status.NOT_FOUND, "no such peer");
                case TAKEN -> out.error(Status.FORBIDDEN, "this peer was not registered here from your address");
                default -> out.error(Status.UNAVAILABLE, "the registry does not answer; try again later");
            }
        });
    }

    private void choose(GivenName name, Asker asker, long nowNanos, Out out) {
        directory.choose(name.text(), nowNanos, found -> {
            if (found == null) {
                out.error(Status.NOT_FOUND, "no such peer");
            } else {
                out.json(Status.OK, peer(new JsonText(), asker.view().of(found)));
            }
        });
    }

    private static JsonText peer(JsonText json, PeerView.Shown peer) {
        return json.raw("{\"name\":")
                .quoted(peer.name())
                .raw(",\"address\":")
                .quoted(peer.address())
                .raw(",\"port\":")
                .number(peer.port())
                .raw(",\"hostname\":")
                .quoted(peer.host())
                .raw(",\"files\":")
                .number(peer.files())
                .raw("}");
    }

    private void list(String query, Asker asker, long nowNanos, Out out) {
        long after = number(query, "after", 0);
        long limit = number(query, "limit", DEFAULT_LIMIT);
        if (after < 0 || limit < 1) {
            out.error(Status.BAD_REQUEST, "after and limit are whole numbers, limit 1 or more");
            return;
        }
        directory.list(after, (int) Math.min(limit, MOST_LISTED), nowNanos, page -> {
            if (page == null) {
                out.error(Status.UNAVAILABLE, "the registry does not answer; try again later");
            } else {
                out.json(Status.OK, peers(page, asker.view()));
            }
        });
    }

    private static JsonText peers(Outcome.Present page, PeerView view) {
        JsonText json = new JsonText().raw("{\"peers\":[");
        String separator = "";
        long last = 0;
        for (Presence presence : page.owners()) {
            last = presence.number();
            if (!PeerView.name(presence).isEmpty()) {
                peer(json.raw(separator), view.of(presence));
                separator = ",";
            }
        }
        json.raw("]");
        if (page.more()) {
            json.raw(",\"next\":").number(last);
        }
        return json.raw("}");
    }

    /** A parameter of the query; -1 when it is no number. */
    private static long number(String query, String name, long fallback) {
        for (String part : query.split("&")) {
            if (part.startsWith(name + "=")) {
                String digits = part.substring(name.length() + 1);
                boolean fits = !digits.isEmpty()
                        && digits.length() <= NUMBER_DIGITS
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
                return fits ? Long.parseLong(digits) : -1;
            }
        }
        return fallback;
    }
}
