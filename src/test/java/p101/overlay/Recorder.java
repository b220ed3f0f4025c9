package p101.overlay;

import java.util.ArrayList;
import java.util.List;
import p101.model.Endpoint;

/** Writes down what the rules want, a word for each. */
final class Recorder implements Actions {
    final List<String> wanted = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    final List<TreeChange> changes = new ArrayList<>();

    /** What was wanted since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(wanted);
        wanted.clear();
        return taken;
    }

    private static String name(LinkKey link) {
        return (link.role() == LinkRole.REGISTER ? "r" : "t") + link.to().port();
    }

    private static String ports(List<Endpoint> path) {
        return path.stream().map(hop -> Integer.toString(hop.port())).toList().toString();
    }

    private static String words(Body body) {
        if (body instanceof Body.AdvertiseResponse response) {
            return "parent " + response.parent().port();
        } else if (body instanceof Body.Message message) {
            return "says " + message.text();
        } else if (body instanceof Body.ReunionRequest request) {
            return "hello " + ports(request.path());
        } else if (body instanceof Body.ReunionResponse response) {
            return "back " + ports(response.path());
        }
        return body.getClass().getSimpleName();
    }

    @Override
    public void open(LinkKey link, Endpoint face) {
        wanted.add("open " + name(link));
    }

    @Override
    public void send(LinkKey link, Packet packet) {
        String form = packet.form() == Form.ASCII ? "" : " binary";
        wanted.add(name(link) + " " + words(packet.body()) + form);
    }

    @Override
    public void close(LinkKey link) {
        wanted.add("close " + name(link));
    }

    @Override
    public void refuse(Via via) {
        wanted.add("refuse " + via.id());
    }

    @Override
    public void heard(Endpoint from, String text) {
        heard.add(from.port() + ": " + text);
    }

    @Override
    public void changed(TreeChange change) {
        changes.add(change);
    }
}
