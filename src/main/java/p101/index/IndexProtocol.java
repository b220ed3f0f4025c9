package p101.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import p101.model.AddressBits;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.pdu.Channel;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;
import p101.pdu.PduLog;
import p101.pdu.PduType;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.Outcome;
import p101.registry.OwnerId;

/**
 * The rules of the index (spec/PDU.md, section 7) as a function of bytes, source and time over the registry. Who has not proved its
 * address gets one datagram at most for each of its own. Answers are never answered.
 *
 * <p>One instance for each thread; what they share is in {@link IndexContext}. A registry that answers later must do so on the
 * thread that calls {@link #handle}.
 */
public final class IndexProtocol {
    private static final String NEED_COOKIE = "send it again with this cookie";
    private static final String BAD_ADDRESS = "a link-local address cannot be registered: bind another one";
    private static final String NOBODY = "nobody shares that";

    private final IndexContext context;
    private final IndexCounters counters;
    private final Cookies cookies;
    private final IndexAnswers answers;
    private final List<FileName> soon = new ArrayList<>();

    public IndexProtocol(IndexContext context) {
        this.context = context;
        this.counters = context.newCounters();
        this.cookies = context.newCookies();
        this.answers = new IndexAnswers(context, counters);
    }

    IndexCounters counters() {
        return counters;
    }

    /**
     * Handles one datagram.
     *
     * @param request what came, between position and limit; kept as it is
     * @param from its source
     * @param to the local address that it was sent to
     * @param nowNanos the monotonic time
     * @param replies gets 0 to 128 answers
     */
    public void handle(ByteBuffer request, Endpoint from, Endpoint to, long nowNanos, Replies replies) {
        Datagram datagram = new Datagram(request, replies);
        datagram.from = from;
        decode(datagram);
        handle(datagram, to, nowNanos);
    }

    /** Finds out what a datagram means, from its bytes alone. */
    void decode(Datagram datagram) {
        datagram.request = null;
        datagram.problem = null;
        try {
            datagram.request = (Pdu.Request) PduCodec.decode(Channel.TO_INDEX, datagram.bytes);
        } catch (PduException e) {
            datagram.problem = e;
        }
    }

    /** Has the registry fetch what the datagrams ask for, which are handled next. */
    void prefetch(Datagram[] decoded, int count) {
        for (int i = 0; i < count; i++) {
            if (decoded[i].request instanceof Pdu.Search search
                    && !search.file().isNone()) {
                soon.add(search.file());
            } else if (decoded[i].request instanceof Pdu.Register register
                    && !register.file().isNone()) {
                soon.add(register.file());
            }
        }
        if (soon.size() > 1) {
            context.registry().prefetch(soon);
        }
        soon.clear();
    }

    /** Handles a datagram that was decoded; {@link #handle(ByteBuffer, Endpoint, Endpoint, long, Replies)} says how. */
    void handle(Datagram datagram, Endpoint to, long nowNanos) {
        Endpoint from = datagram.from;
        DropReason drop = dropReason(from, to);
        if (drop != null) {
            counters.dropped(drop);
        } else if (datagram.problem != null) {
            context.trace(from, datagram.problem);
            malformed(datagram);
        } else {
            context.trace(PduLog.Direction.RECEIVED, from, datagram.request);
            counters.pdu(datagram.request.type());
            handle(new Exchange(datagram.request, from, to, nowNanos, datagram.replies));
        }
    }

    private DropReason dropReason(Endpoint from, Endpoint to) {
        DropReason drop = Sources.dropReason(from);
        // All addresses of an index have one port, so that this is not looked up for each datagram.
        return drop == null
                        && from.port() == to.port()
                        && (from.equals(to) || context.own().contains(from))
                ? DropReason.OWN_ADDRESS
                : drop;
    }

    private void malformed(Datagram datagram) {
        ByteBuffer request = datagram.bytes;
        Endpoint from = datagram.from;
        PduException problem = datagram.problem;
        if (!problem.reason().answerable()) {
            counters.dropped(problem.reason());
            return;
        }
        int tx = PduCodec.tx(request);
        long key = PduCodec.ownerKey(request);
        byte type = request.get(request.position());
        boolean registers = type == PduType.REGISTER.code() || type == PduType.DEREGISTER.code();
        answers.send(
                registers && !Sources.canRegister(from.address())
                        ? new Pdu.Refused(tx, 0, key, ErrorCode.ADDRESS, 0, 0, BAD_ADDRESS)
                        : new Pdu.Refused(
                                tx, 0, key, ErrorCode.MALFORMED, 0, 0, PduCodec.fitText(problem.getMessage())),
                from,
                datagram.replies);
    }

    private void handle(Exchange exchange) {
        Pdu.Request request = exchange.request();
        if (request instanceof Pdu.Search search) {
            search(exchange, search);
        } else if (request instanceof Pdu.Register register) {
            if (maySign(exchange, register.ownerKey())) {
                register(exchange, register);
            }
        } else if (request instanceof Pdu.Deregister deregister) {
            if (maySign(exchange, deregister.ownerKey())) {
                deregister(exchange, deregister);
            }
        } else if (request instanceof Pdu.ListRequest list) {
            list(exchange, list);
        }
    }

    /** Whether the sender may register and de-register: a good address, and the proof that it is its own. */
    private boolean maySign(Exchange exchange, long ownerKey) {
        if (!Sources.canRegister(exchange.from().address())) {
            refuse(exchange, 0, ownerKey, ErrorCode.ADDRESS, BAD_ADDRESS);
            return false;
        }
        AddressBits source = AddressBits.of(exchange.from().address());
        if (!isProved(exchange, source)) {
            refuse(exchange, fresh(exchange, source), ownerKey, ErrorCode.COOKIE, NEED_COOKIE);
            return false;
        }
        return true;
    }

    private boolean isProved(Exchange exchange, AddressBits source) {
        int cookie = exchange.request().cookie();
        int port = exchange.from().port();
        if (cookies.isValid(cookie, source, port, exchange.nowNanos())) {
            return true;
        }
        if (cookie != 0) {
            counters.wrongCookie();
            // Nobody outside can forge a loopback source, so that a wrong cookie from there is an old one.
            if (!exchange.from().isLoopback()) {
                context.guard().wrongCookie(source, cookies.slot(exchange.nowNanos()));
            }
        }
        return false;
    }

    private int fresh(Exchange exchange, AddressBits source) {
        return cookies.fresh(source, exchange.from().port(), exchange.nowNanos());
    }

    private void register(Exchange exchange, Pdu.Register pdu) {
        OwnerId owner = owner(exchange, pdu.ownerKey(), pdu.tcpPort());
        Command command = pdu.file().isNone()
                ? new Command.Refresh(owner, pdu.tx(), pdu.peer())
                : new Command.Register(
                        owner,
                        pdu.tx(),
                        pdu.peer(),
                        pdu.file(),
                        pdu.content(),
                        pdu.size(),
                        pdu.rowFlags(),
                        Extras.NONE);
        apply(exchange, command, pdu.ownerKey(), "registered");
    }

    private void deregister(Exchange exchange, Pdu.Deregister pdu) {
        OwnerId owner = owner(exchange, pdu.ownerKey(), pdu.tcpPort());
        Command command = pdu.file().isNone()
                ? new Command.RemoveAll(owner, pdu.tx())
                : new Command.Remove(owner, pdu.tx(), pdu.peer(), pdu.file());
        apply(exchange, command, pdu.ownerKey(), "de-registered");
    }

    private static OwnerId owner(Exchange exchange, long key, int tcpPort) {
        return OwnerId.leased(key, new Endpoint(exchange.from().address(), tcpPort));
    }

    private void apply(Exchange exchange, Command command, long ownerKey, String done) {
        context.registry().apply(command, exchange.nowNanos(), outcome -> {
            if (outcome instanceof Outcome.Accepted accepted) {
                int cookie = fresh(exchange, AddressBits.of(exchange.from().address()));
                answers.accept(exchange, accepted, cookie, ownerKey, done);
            } else {
                refuse(exchange, outcome, ownerKey);
            }
        });
    }

    private void search(Exchange exchange, Pdu.Search pdu) {
        Command command = new Command.Search(pdu.content(), pdu.peer(), pdu.file(), pdu.partialToo(), pdu.beforeId());
        context.registry().apply(command, exchange.nowNanos(), outcome -> {
            if (outcome instanceof Outcome.Found found) {
                answers.found(exchange, found.registration());
            } else if (outcome instanceof Outcome.NotFound) {
                refuse(exchange, 0, 0, ErrorCode.NOT_FOUND, NOBODY);
            } else {
                refuse(exchange, outcome, 0);
            }
        });
    }

    private void list(Exchange exchange, Pdu.ListRequest pdu) {
        AddressBits source = AddressBits.of(exchange.from().address());
        boolean burst =
                isProved(exchange, source) && !context.guard().isSuspicious(source, cookies.slot(exchange.nowNanos()));
        int wanted = pdu.limit() == 0 ? IndexAnswers.MAX_BURST : Math.min(pdu.limit(), IndexAnswers.MAX_BURST);
        int cookie = burst ? 0 : fresh(exchange, source);
        Command command = new Command.Walk(pdu.afterId(), burst ? wanted : 1, pdu.filter());
        context.registry().apply(command, exchange.nowNanos(), outcome -> {
            if (outcome instanceof Outcome.Listed listed) {
                answers.burst(exchange, pdu.afterId(), listed, cookie);
            } else {
                refuse(exchange, outcome, 0);
            }
        });
    }

    private void refuse(Exchange exchange, Outcome outcome, long ownerKey) {
        if (!(outcome instanceof Outcome.Refused refused)) {
            throw new IllegalStateException("an outcome that does not fit: " + outcome);
        }
        RefusalAnswer answer = RefusalAnswer.of(refused.refusal());
        answers.send(
                exchange,
                new Pdu.Refused(
                        exchange.request().tx(),
                        0,
                        ownerKey,
                        answer.code(),
                        refused.newestTx(),
                        answer.retryAfterSeconds(),
                        answer.text()));
    }

    private void refuse(Exchange exchange, int cookie, long ownerKey, ErrorCode code, String text) {
        answers.send(exchange, new Pdu.Refused(exchange.request().tx(), cookie, ownerKey, code, 0, 0, text));
    }
}
