package p101.overlay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import p101.model.Endpoint;

/**
 * The rules of the root: it registers nodes, gives each a parent, answers hellos, and is a neighbour of its own two
 * children. Pure; one thread. spec/OVERLAY.md, sections 5 to 7.
 */
final class RootLogic implements Logic {
    private final int port;
    private final Actions actions;
    private final RootTree tree = new RootTree();
    private final Children children = new Children();

    /**
     * @param port where the root listens; its address is, for each node, the one that the node reached it under
     */
    RootLogic(int port, Actions actions) {
        this.port = port;
        this.actions = actions;
    }

    RootTree tree() {
        return tree;
    }

    Children children() {
        return children;
    }

    // ---- what comes ----

    @Override
    public void onPacket(Packet packet, Via via, long nowNanos) {
        Endpoint source = packet.source();
        Body body = packet.body();
        if (body instanceof Body.ReunionRequest request) {
            onHello(request.path(), source, via, nowNanos);
        } else if (source == null || !source.isReachable() || !via.mayBe(source.address())) {
            actions.refuse(via);
        } else if (body instanceof Body.RegisterRequest) {
            onRegister(packet, via, nowNanos);
        } else if (body instanceof Body.AdvertiseRequest) {
            onAsked(packet, via, nowNanos);
        } else if (body instanceof Body.Join) {
            onJoin(packet, via, nowNanos);
        } else if (body instanceof Body.Message message) {
            onMessage(source, message, via, nowNanos);
        }
        // Responses are for nodes.
    }

    /** Our own address as who is on this connection knows it. */
    private Endpoint face(Via via) {
        return new Endpoint(via.local(), port);
    }

    private void onRegister(Packet packet, Via via, long nowNanos) {
        if (packet.source().equals(face(via))) {
            actions.refuse(via);
            return;
        }
        TreeEntry entry = tree.getOrAdd(packet.source(), nowNanos);
        if (entry == null) {
            actions.refuse(via);
            return;
        }
        boolean news = !entry.isRegistered();
        if (entry.register(packet.form(), via.id())) {
            // It began anew, so our connection to it may lead nowhere.
            actions.close(new LinkKey(LinkRole.REGISTER, entry.address()));
        }
        heard(entry, nowNanos);
        answer(packet, packet.form(), new Body.RegisterResponse(), via);
        if (news) {
            actions.changed(new TreeChange(TreeChange.Kind.REGISTERED, entry.address(), null));
        }
    }

    private void onAsked(Packet packet, Via via, long nowNanos) {
        TreeEntry entry = tree.get(packet.source());
        if (entry == null || !entry.isRegistered()) {
            return;
        }
        heard(entry, nowNanos);
        if (entry.parent() == tree.root()) {
            // It has lost us, so it is no child of ours until it joins again.
            forgetChild(entry.address());
        }
        entry.loseParent();
        boolean speaksBoth = entry.forms().size() > 1;
        TreeEntry parent = tree.parentFor(entry, speaksBoth ? null : packet.form());
        if (parent == null) {
            actions.changed(new TreeChange(TreeChange.Kind.NO_PLACE, entry.address(), null));
            return;
        }
        entry.place(parent, nowNanos);
        Endpoint named = parent.isRoot() ? face(via) : parent.address();
        // Who speaks both forms is told in the answer's own form which one its parent speaks.
        Form form = parent.speaks(packet.form())
                ? packet.form()
                : parent.forms().iterator().next();
        answer(packet, form, new Body.AdvertiseResponse(named), via);
        actions.changed(new TreeChange(TreeChange.Kind.PLACED, entry.address(), named));
    }

    private void answer(Packet question, Form form, Body body, Via via) {
        actions.send(new LinkKey(LinkRole.REGISTER, question.source()), new Packet(form, face(via), body));
    }

    private void onJoin(Packet packet, Via via, long nowNanos) {
        Endpoint from = packet.source();
        TreeEntry entry = tree.getOrAdd(from, nowNanos);
        if (entry == null || from.equals(face(via)) || !hasRoomFor(entry, nowNanos)) {
            actions.refuse(via);
            return;
        }
        heard(entry, nowNanos);
        if (entry.parent() != tree.root()) {
            entry.place(tree.root(), nowNanos);
        }
        if (children.contains(from)) {
            forgetChild(from);
        }
        children.add(from, packet.form(), face(via), via, nowNanos);
        actions.open(new LinkKey(LinkRole.TREE, from), face(via));
        actions.changed(new TreeChange(TreeChange.Kind.CHILD_JOINED, from, face(via)));
    }

    /** Room among our children, and in the tree for whom we did not place here. */
    private boolean hasRoomFor(TreeEntry entry, long nowNanos) {
        if (entry.parent() != tree.root() && tree.root().liveChildren() >= OverlayLimits.CHILDREN) {
            return false;
        }
        if (children.isFull() && !children.contains(entry.address())) {
            Children.Child doubtful = children.mostDoubtful(nowNanos);
            if (doubtful == null) {
                return false;
            }
            forgetChild(doubtful.address());
        }
        return true;
    }

    private void onMessage(Endpoint from, Body.Message message, Via via, long nowNanos) {
        Children.Child child = children.get(from);
        if (child != null) {
            children.heard(child, via, nowNanos);
            spread(message, from);
            actions.heard(from, message.text());
        }
    }

    private void onHello(List<Endpoint> path, Endpoint source, Via via, long nowNanos) {
        if (path.isEmpty() || path.size() > OverlayLimits.PATH) {
            return;
        }
        Endpoint last = path.get(path.size() - 1);
        Children.Child child = children.get(last);
        if (child == null || source != null && !source.equals(last) || !via.mayBe(last.address())) {
            return;
        }
        children.heard(child, via, nowNanos);
        for (TreeEntry revived : tree.onPath(path, nowNanos)) {
            actions.changed(new TreeChange(TreeChange.Kind.REVIVED, revived.address(), null));
        }
        List<Endpoint> back = new ArrayList<>(path);
        Collections.reverse(back);
        sendDown(child, new Body.ReunionResponse(back));
    }

    private void heard(TreeEntry entry, long nowNanos) {
        if (entry.heard(nowNanos)) {
            actions.changed(new TreeChange(TreeChange.Kind.REVIVED, entry.address(), null));
        }
    }

    @Override
    public void onLinkLost(LinkKey link, boolean unsent, long nowNanos) {
        TreeEntry entry = tree.get(link.to());
        if (link.role() == LinkRole.TREE) {
            if (children.remove(link.to())) {
                childGone(link.to());
                // It may be well, and will ask for another place; until then nobody is sent to it.
                if (entry != null && entry.parent() == tree.root()) {
                    died(entry);
                }
            }
        } else if (entry != null && unsent) {
            entry.unregister();
            if (!children.contains(link.to())) {
                died(entry);
            }
        }
    }

    private void died(TreeEntry entry) {
        if (!entry.isDead()) {
            entry.die();
            actions.changed(new TreeChange(TreeChange.Kind.DIED, entry.address(), null));
        }
    }

    private void forgetChild(Endpoint address) {
        if (children.remove(address)) {
            actions.close(new LinkKey(LinkRole.TREE, address));
            childGone(address);
        }
    }

    private void childGone(Endpoint address) {
        actions.changed(new TreeChange(TreeChange.Kind.CHILD_LEFT, address, null));
    }

    @Override
    public void onConnectionClosed(long id, long nowNanos) {
        children.onConnectionClosed(id, nowNanos);
    }

    // ---- what is due ----

    @Override
    public void onTick(long nowNanos) {
        for (Children.Child child : children.silent(nowNanos)) {
            forgetChild(child.address());
            TreeEntry entry = tree.get(child.address());
            if (entry != null && entry.parent() == tree.root()) {
                died(entry);
            }
        }
        for (TreeEntry died : tree.bury(nowNanos)) {
            actions.changed(new TreeChange(TreeChange.Kind.DIED, died.address(), null));
        }
    }

    // ---- what goes ----

    @Override
    public boolean say(String text, long nowNanos) {
        spread(Body.Message.of(text), null);
        return true;
    }

    private void spread(Body.Message message, Endpoint from) {
        for (Children.Child child : List.copyOf(children.all())) {
            if (!child.address().equals(from)) {
                sendDown(child, message);
            }
        }
    }

    private void sendDown(Children.Child child, Body body) {
        actions.send(child.link(), new Packet(child.form(), child.face(), body));
    }
}
