package p101.overlay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import p101.model.Endpoint;

/**
 * The rules of a node that is not the root. It always does one of three things: it registers; registered, it asks for a
 * parent; with a parent, it passes messages on and says hello. Pure; one thread. spec/OVERLAY.md, sections 5 to 7.
 */
final class NodeLogic implements Logic {
    private final Endpoint self;
    private final LinkKey rootLink;
    private final Set<Form> forms;
    private final Actions actions;
    private final Children children = new Children();
    private final ArrayDeque<String> held = new ArrayDeque<>();

    private boolean registered;
    private long registerNanos;

    /** {@code null} while it looks for one. */
    private Endpoint parent;

    private Form parentForm;
    private long askNanos;
    /** A question for a parent is out, since {@link #askedNanos}. */
    private boolean asked;

    private long askedNanos;
    /** Answers that may still come, to questions that were given up too. */
    private int unanswered;

    private long helloBackNanos;
    private long nextHelloNanos;

    /**
     * @param self where this node listens, as the others reach it
     * @param forms the first is the one that it prefers; with both it can have a parent of either form, which a root that
     *     speaks one form alone does not understand
     */
    NodeLogic(Endpoint self, Endpoint root, List<Form> forms, Actions actions, long nowNanos) {
        this.self = self;
        this.rootLink = new LinkKey(LinkRole.REGISTER, root);
        this.forms = EnumSet.copyOf(forms);
        this.parentForm = forms.get(0);
        this.actions = actions;
        this.registerNanos = nowNanos;
        this.askNanos = nowNanos;
    }

    Endpoint self() {
        return self;
    }

    /** {@code null} while there is none. */
    Endpoint parent() {
        return parent;
    }

    Children children() {
        return children;
    }

    boolean isRegistered() {
        return registered;
    }

    /** Own texts that wait for a parent. */
    int heldTexts() {
        return held.size();
    }

    // ---- what comes ----

    @Override
    public void onPacket(Packet packet, Via via, long nowNanos) {
        Body body = packet.body();
        if (body instanceof Body.RegisterResponse) {
            onRegistered(nowNanos);
        } else if (body instanceof Body.AdvertiseResponse response) {
            onParentNamed(response.parent(), packet.form(), nowNanos);
        } else if (body instanceof Body.ReunionResponse response) {
            onHelloBack(response.path(), nowNanos);
        } else if (packet.source() != null && !via.mayBe(packet.source().address())) {
            actions.refuse(via);
        } else if (body instanceof Body.Join) {
            onJoin(packet.source(), packet.form(), via, nowNanos);
        } else if (body instanceof Body.Message message) {
            onMessage(packet.source(), message, via, nowNanos);
        } else if (body instanceof Body.ReunionRequest request) {
            onHello(request.path(), packet.source(), via, nowNanos);
        }
        // Register and advertise requests are for the root.
    }

    private void onRegistered(long nowNanos) {
        if (!registered) {
            registered = true;
            actions.changed(new TreeChange(TreeChange.Kind.REGISTERED, self, null));
            ask(nowNanos);
        }
    }

    private void onParentNamed(Endpoint named, Form form, long nowNanos) {
        if (unanswered == 0) {
            return;
        }
        unanswered--;
        if (named.equals(self) || !named.isReachable()) {
            return;
        }
        asked = false;
        leaveParent();
        if (children.remove(named)) {
            // It went elsewhere and we did not notice: the root knows who is below whom.
            childGone(named);
        }
        parent = named;
        parentForm = forms.size() == 1 ? parentForm : form;
        helloBackNanos = nowNanos;
        nextHelloNanos = nowNanos;
        actions.changed(new TreeChange(TreeChange.Kind.PARENT_FOUND, self, parent));
        sendUp(new Body.Join());
        sayHello(nowNanos);
        for (String text = held.poll(); text != null; text = held.poll()) {
            spread(Body.Message.of(text), null);
        }
    }

    private void onHelloBack(List<Endpoint> path, long nowNanos) {
        if (path.isEmpty() || !path.get(0).equals(self)) {
            return;
        }
        if (path.size() == 1) {
            helloBackNanos = nowNanos;
            unanswered = 0;
            return;
        }
        Children.Child child = children.get(path.get(1));
        if (child != null) {
            sendDown(child, new Body.ReunionResponse(path.subList(1, path.size())));
        }
    }

    private void onJoin(Endpoint from, Form form, Via via, long nowNanos) {
        if (from.equals(self) || from.equals(rootLink.to()) || !from.isReachable()) {
            actions.refuse(via);
            return;
        }
        if (from.equals(parent)) {
            // It has given us up, or the root believes us elsewhere: either way we are not below it any more.
            actions.refuse(via);
            loseParent(nowNanos);
            return;
        }
        if (children.contains(from)) {
            children.remove(from);
            actions.close(new LinkKey(LinkRole.TREE, from));
        } else if (children.isFull()) {
            Children.Child doubtful = children.mostDoubtful(nowNanos);
            if (doubtful == null) {
                actions.refuse(via);
                return;
            }
            dropChild(doubtful);
        }
        children.add(from, form, self, via, nowNanos);
        actions.open(new LinkKey(LinkRole.TREE, from), self);
        actions.changed(new TreeChange(TreeChange.Kind.CHILD_JOINED, from, self));
    }

    private void onMessage(Endpoint from, Body.Message message, Via via, long nowNanos) {
        Children.Child child = children.get(from);
        if (child != null) {
            children.heard(child, via, nowNanos);
        } else if (!from.equals(parent)) {
            return;
        }
        spread(message, from);
        actions.heard(from, message.text());
    }

    private void onHello(List<Endpoint> path, Endpoint source, Via via, long nowNanos) {
        if (path.isEmpty() || path.size() >= OverlayLimits.PATH) {
            return;
        }
        Endpoint last = path.get(path.size() - 1);
        Children.Child child = children.get(last);
        if (child == null || source != null && !source.equals(last) || !via.mayBe(last.address())) {
            return;
        }
        children.heard(child, via, nowNanos);
        if (path.contains(self)) {
            // Our own hello has come back from below: this is a circle, and one of it has to let go.
            loseParent(nowNanos);
        } else if (parent != null) {
            List<Endpoint> longer = new ArrayList<>(path);
            longer.add(self);
            sendUp(new Body.ReunionRequest(longer));
        }
    }

    @Override
    public void onLinkLost(LinkKey link, boolean unsent, long nowNanos) {
        if (link.equals(rootLink)) {
            registered = false;
            asked = false;
            registerNanos = nowNanos + OverlayTimes.RETRY_NANOS;
        } else if (link.role() == LinkRole.TREE && link.to().equals(parent)) {
            loseParent(nowNanos);
        } else if (link.role() == LinkRole.TREE && children.remove(link.to())) {
            actions.changed(new TreeChange(TreeChange.Kind.CHILD_LEFT, link.to(), self));
        }
    }

    @Override
    public void onConnectionClosed(long id, long nowNanos) {
        children.onConnectionClosed(id, nowNanos);
    }

    // ---- what is due ----

    @Override
    public void onTick(long nowNanos) {
        for (Children.Child child : children.silent(nowNanos)) {
            dropChild(child);
        }
        if (parent != null && nowNanos - helloBackNanos >= OverlayTimes.SILENCE_NANOS) {
            loseParent(nowNanos);
        }
        if (asked && nowNanos - askedNanos >= OverlayTimes.ANSWER_NANOS) {
            // The root does not know us any more, has no place, or is not there.
            asked = false;
            registered = false;
            registerNanos = nowNanos;
        }
        if (!registered && nowNanos - registerNanos >= 0) {
            register(nowNanos);
        }
        ask(nowNanos);
        if (parent != null && nowNanos - nextHelloNanos >= 0) {
            sayHello(nowNanos);
        }
    }

    private void register(long nowNanos) {
        actions.close(rootLink);
        registerNanos = nowNanos + OverlayTimes.ANSWER_NANOS;
        actions.send(rootLink, new Packet(parentForm, self, new Body.RegisterRequest(self)));
        for (Form form : forms) {
            if (form != parentForm) {
                actions.send(rootLink, new Packet(form, self, new Body.RegisterRequest(self)));
            }
        }
    }

    private void ask(long nowNanos) {
        if (registered && parent == null && !asked && nowNanos - askNanos >= 0) {
            asked = true;
            askedNanos = nowNanos;
            askNanos = nowNanos + OverlayTimes.RETRY_NANOS;
            unanswered++;
            actions.send(rootLink, new Packet(parentForm, self, new Body.AdvertiseRequest()));
        }
    }

    private void sayHello(long nowNanos) {
        nextHelloNanos += OverlayTimes.REUNION_NANOS;
        if (nowNanos - nextHelloNanos >= 0) {
            nextHelloNanos = nowNanos + OverlayTimes.REUNION_NANOS;
        }
        sendUp(new Body.ReunionRequest(List.of(self)));
    }

    /** The parent is none any more: from this moment nothing is taken from it, so that two parents never count. */
    private void loseParent(long nowNanos) {
        if (parent != null) {
            Endpoint lost = parent;
            leaveParent();
            actions.changed(new TreeChange(TreeChange.Kind.PARENT_LOST, self, lost));
            ask(nowNanos);
        }
    }

    private void leaveParent() {
        if (parent != null) {
            actions.close(new LinkKey(LinkRole.TREE, parent));
            parent = null;
        }
    }

    private void dropChild(Children.Child child) {
        children.remove(child.address());
        childGone(child.address());
    }

    private void childGone(Endpoint child) {
        actions.close(new LinkKey(LinkRole.TREE, child));
        actions.changed(new TreeChange(TreeChange.Kind.CHILD_LEFT, child, self));
    }

    // ---- what goes ----

    @Override
    public boolean say(String text, long nowNanos) {
        if (parent != null) {
            spread(Body.Message.of(text), null);
            return true;
        }
        return held.size() < OverlayLimits.HELD_TEXTS && held.add(text);
    }

    private void spread(Body.Message message, Endpoint from) {
        if (parent != null && !parent.equals(from)) {
            sendUp(message);
        }
        for (Children.Child child : List.copyOf(children.all())) {
            if (!child.address().equals(from)) {
                sendDown(child, message);
            }
        }
    }

    private void sendUp(Body body) {
        actions.send(new LinkKey(LinkRole.TREE, parent), new Packet(parentForm, self, body));
    }

    private void sendDown(Children.Child child, Body body) {
        actions.send(child.link(), new Packet(child.form(), child.face(), body));
    }
}
