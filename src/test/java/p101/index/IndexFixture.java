package p101.index;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.pdu.Channel;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;
import p101.registry.MemoryRegistry;
import p101.registry.Registry;
import p101.registry.RegistryLimits;

/** One index without a network: datagrams go in by hand, answers come out as records, time is moved. */
final class IndexFixture {
    static final Endpoint INDEX = at("10.0.0.100", 60_000);
    static final Endpoint ALICE = at("10.0.0.1", 5001);
    static final Endpoint BOB = at("10.0.0.2", 5002);
    static final Endpoint LOCAL = at("127.0.0.1", 5003);
    static final long KEY = 11;
    static final int PORT = 6010;
    static final long SECOND = 1_000_000_000L;
    static final long UNIX_SECONDS = 1_700_000_000L;

    final IndexContext context;
    final IndexProtocol protocol;
    final List<String> trace = new ArrayList<>();
    Endpoint asked = INDEX;
    long nowNanos;

    IndexFixture() {
        this(RegistryLimits.DEFAULT, Optional.empty());
    }

    IndexFixture(RegistryLimits limits, Optional<InetAddress> advertise) {
        this(new MemoryRegistry(limits, 60, UNIX_SECONDS, Randomness.seeded(7)), advertise);
    }

    IndexFixture(Registry registry, Optional<InetAddress> advertise) {
        context = new IndexContext(registry, 0, advertise, Optional.of(trace::add));
        protocol = new IndexProtocol(context);
    }

    void advanceSeconds(double seconds) {
        nowNanos += (long) (seconds * SECOND);
    }

    List<Pdu> send(Endpoint from, Pdu request) {
        return send(from, bytes(request));
    }

    List<Pdu> send(Endpoint from, ByteBuffer request) {
        List<Pdu> answers = new ArrayList<>();
        int position = request.position();
        protocol.handle(request, from, asked, nowNanos, reply -> answers.add(decode(reply)));
        if (request.position() != position) {
            throw new AssertionError("the request was consumed");
        }
        return answers;
    }

    <T extends Pdu> T only(Class<T> type, Endpoint from, Pdu request) {
        List<Pdu> answers = send(from, request);
        if (answers.size() != 1 || !type.isInstance(answers.get(0))) {
            throw new AssertionError("not one " + type.getSimpleName() + ": " + answers);
        }
        return type.cast(answers.get(0));
    }

    /** Asks for a cookie in the ordinary way. */
    int cookie(Endpoint from) {
        return only(Pdu.Refused.class, from, register(1, 0, "cookie")).cookie();
    }

    Pdu.Accepted share(Endpoint from, int tx, String file) {
        return only(Pdu.Accepted.class, from, register(tx, cookie(from), file));
    }

    static Pdu.Register register(int tx, int cookie, String file) {
        return new Pdu.Register(
                tx, cookie, KEY, 0, PORT, 700, new ContentId(7), PeerName.of("alice"), new FileName(file));
    }

    static Pdu.Deregister deregister(int tx, int cookie, String file) {
        return new Pdu.Deregister(
                tx, cookie, KEY, 0, PORT, 0, ContentId.NONE, PeerName.of("alice"), new FileName(file));
    }

    static Pdu.Search search(int tx, String file) {
        return new Pdu.Search(tx, 0, false, 0, ContentId.NONE, PeerName.NONE, new FileName(file));
    }

    static Pdu.ListRequest list(int tx, int cookie, int limit, long afterId, String filter) {
        return new Pdu.ListRequest(tx, cookie, limit, afterId, filter);
    }

    static ByteBuffer bytes(Pdu pdu) {
        ByteBuffer bytes = ByteBuffer.allocate(Slices.BYTES);
        PduCodec.encode(pdu, bytes);
        return bytes.flip();
    }

    static Pdu decode(ByteBuffer reply) {
        try {
            return PduCodec.decode(Channel.FROM_INDEX, reply);
        } catch (PduException e) {
            throw new AssertionError("the index sent what is not an answer", e);
        }
    }

    static Endpoint at(String address, int port) {
        try {
            return new Endpoint(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address in digits: " + address, e);
        }
    }
}
