package p101.p2pci;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.Outcome;
import p101.registry.OwnerId;
import p101.registry.Refusal;
import p101.registry.Registration;

/**
 * One connection at the {@link Door}: what it asks is decided here, and what it added is its own until it leaves. One request
 * at a time. spec/P2PCI.md, sections 5 and 6.
 */
final class Visit {
    private final Door door;
    private final long key;
    private final InetAddress source;
    private final RowView view;
    /** By port: programs may change theirs while connected, and all their rows go with the connection all the same. */
    private final Map<Integer, Held> helds = new HashMap<>(2);
    /** Rows held here that another connection waits for. */
    private final Set<Claims.Key> contested = new HashSet<>(0);
    /** Rows held by another connection. */
    private final Set<Claims.Key> awaited = new HashSet<>(0);

    private Named lastNamed;
    private int lastTx;
    private long textBytes;
    private boolean gone;

    /** What one owner of this connection has in the registry. */
    private static final class Held {
        final OwnerId owner;
        int rows;

        Held(OwnerId owner) {
            this.owner = owner;
        }
    }

    /** A holder and its name in the registry: most programs have one for all their rows. */
    private record Named(Holder holder, PeerName peer) {}

    Visit(Door door, long key, InetAddress source, RowView view) {
        this.door = door;
        this.key = key;
        this.source = source;
        this.view = view;
    }

    /**
     * Decides about a request; after {@link #leave} none is served any more.
     *
     * @param replies called exactly once, perhaps before this returns
     */
    void handle(Request request, long nowNanos, Consumer<Reply> replies) {
        Manner manner = request.manner();
        if (gone) {
            replies.accept(new Reply.HangUp());
        } else if (request instanceof Request.Add add) {
            add(add, nowNanos, replies);
        } else if (request instanceof Request.Lookup lookup) {
            replies.accept(stream(manner, id -> holders(lookup.number(), id)));
        } else if (request instanceof Request.ListAll) {
            replies.accept(stream(manner, id -> new Command.Walk(id, RowStream.ROWS_PER_STEP, RfcNumber.PREFIX)));
        } else if (request instanceof Request.Leave) {
            release(nowNanos);
            replies.accept(Reply.of(Status.OK, manner));
        } else if (request instanceof Request.Quit) {
            leave(nowNanos);
            replies.accept(new Reply.HangUp());
        } else if (request instanceof Request.Hello) {
            replies.accept(new Reply.Silence());
        } else {
            Status status = request instanceof Request.Refused refused ? refused.status() : Status.BAD_REQUEST;
            replies.accept(Reply.of(status, manner));
        }
    }

    /** The connection is gone, and so is everything that was added over it. */
    void leave(long nowNanos) {
        if (!gone) {
            gone = true;
            release(nowNanos);
            door.left(key);
        }
    }

    private Reply stream(Manner manner, LongFunction<Command> step) {
        return new Reply.Streamed(new RowStream(door.registry(), view, manner, step));
    }

    private static Command holders(RfcNumber number, long beforeId) {
        return new Command.Holders(number.fileName(), beforeId, RowStream.ROWS_PER_STEP);
    }

    private void add(Request.Add add, long nowNanos, Consumer<Reply> replies) {
        Row row = add.row();
        Held held = held(row.holder().port());
        long text = textBytes(row);
        if (held == null || textBytes + text > door.limits().textBytesPerConnection() || !door.hasRoomFor(text)) {
            replies.accept(Reply.of(Status.BAD_REQUEST, add.manner()));
            return;
        }
        register(held, row, nowNanos, outcome -> {
            if (outcome instanceof Outcome.Accepted accepted) {
                countText(accepted.heldRows() > held.rows ? text : 0);
                held.rows = accepted.heldRows();
                replies.accept(echo(add));
            } else if (outcome instanceof Outcome.Refused refused && refused.refusal() == Refusal.CONFLICT) {
                contest(add, nowNanos, replies);
            } else {
                replies.accept(Reply.of(Status.BAD_REQUEST, add.manner()));
            }
        });
    }

    private static Reply echo(Request.Add add) {
        return new Reply.Whole(Answer.rows(List.of(add.row()), add.manner()));
    }

    private void register(Held held, Row row, long nowNanos, Consumer<Outcome> outcome) {
        Command command = new Command.Register(
                held.owner,
                ++lastTx,
                named(row).peer(),
                row.number().fileName(),
                ContentId.NONE,
                0,
                Registration.P2PCI_GET,
                new Extras(named(row).holder().host(), row.title()));
        door.registry().apply(command, nowNanos, outcome);
    }

    private Named named(Row row) {
        if (lastNamed == null || !lastNamed.holder().equals(row.holder())) {
            lastNamed = new Named(row.holder(), HolderName.of(row.holder(), source));
        }
        return lastNamed;
    }

    /** What this connection holds under a port; {@code null} when it has used too many. */
    private Held held(int port) {
        Held held = helds.get(port);
        if (held == null && helds.size() < door.limits().portsPerConnection()) {
            held = new Held(OwnerId.ofConnection(key, new Endpoint(source, port)));
            helds.put(port, held);
        }
        return held;
    }

    /** Somebody holds the row already: when it is another connection of the same program, this one is next. */
    private void contest(Request.Add add, long nowNanos, Consumer<Reply> replies) {
        Row row = add.row();
        PeerName peer = named(row).peer();
        Command search = new Command.Search(ContentId.NONE, peer, row.number().fileName(), true, 0);
        door.registry().apply(search, nowNanos, outcome -> {
            Visit holder = outcome instanceof Outcome.Found found ? visitOf(found.registration()) : null;
            if (holder == null || gone) {
                replies.accept(Reply.of(Status.BAD_REQUEST, add.manner()));
                return;
            }
            Claims.Key claimed = new Claims.Key(peer, row.number());
            door.claims().add(claimed, this, row);
            holder.contested.add(claimed);
            countText(awaited.add(claimed) ? textBytes(row) : 0);
            replies.accept(echo(add));
        });
    }

    private Visit visitOf(Registration registration) {
        OwnerId owner = registration.owner();
        return owner.leased() || owner.key() == key ? null : door.visit(owner.key());
    }

    /** Gives up everything that was added; those who waited for some of it get it. */
    private void release(long nowNanos) {
        for (Held held : helds.values()) {
            door.registry().apply(new Command.Leave(held.owner), nowNanos, ignored -> {});
        }
        helds.clear();
        door.claims().forget(this, awaited);
        awaited.clear();
        countText(-textBytes);
        List<Claims.Claim> heirs = door.claims().heirs(contested);
        contested.clear();
        heirs.forEach(heir -> heir.visit().inherit(heir.row(), nowNanos));
    }

    /** The row that this connection waited for is free. */
    private void inherit(Row row, long nowNanos) {
        Claims.Key inherited = new Claims.Key(named(row).peer(), row.number());
        awaited.remove(inherited);
        if (door.claims().isWaitedFor(inherited)) {
            contested.add(inherited);
        }
        Held held = held(row.holder().port());
        if (held != null) {
            register(held, row, nowNanos, outcome -> {
                if (outcome instanceof Outcome.Accepted accepted) {
                    held.rows = accepted.heldRows();
                }
            });
        }
    }

    private void countText(long bytes) {
        textBytes += bytes;
        door.addText(bytes);
    }

    private static long textBytes(Row row) {
        return row.title().getBytes(StandardCharsets.UTF_8).length
                + row.holder().host().getBytes(StandardCharsets.UTF_8).length;
    }
}
