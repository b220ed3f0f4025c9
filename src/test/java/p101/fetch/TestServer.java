package p101.fetch;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import p101.library.PieceSet;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.model.Root;
import p101.pdu.Channel;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;
import p101.pdu.PduLayout;
import p101.pdu.RangeKind;
import p101.pdu.RowFlags;

/**
 * A content server that does as its script says: honest by default, and able to lie, stall and break off in every way that a
 * test wants. A thread for each connection; loopback only.
 */
final class TestServer implements AutoCloseable {
    /** Answers one request. Whatever it throws closes the connection. */
    interface Script {
        void answer(Pdu.Download request, Reply reply) throws IOException;
    }

    final TestContent content;
    final PeerName name;
    final AtomicLong sentBytes = new AtomicLong();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();
    final List<Pdu.Download> requests = Collections.synchronizedList(new ArrayList<>());
    /** What it has; the whole content by default. */
    volatile PieceSet pieces;

    private final ServerSocket listener;
    private final Script script;
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

    TestServer(String name, TestContent content) {
        this(name, content, (request, reply) -> reply.honestly(request));
    }

    TestServer(String name, TestContent content, Script script) {
        this.name = PeerName.of(name);
        this.content = content;
        this.script = script;
        this.pieces = PieceSet.complete(content.geometry().pieceCount());
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        spawn(this::accept);
    }

    private static void spawn(Runnable work) {
        Thread thread = new Thread(work, "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    Endpoint endpoint() {
        return new Endpoint(listener.getInetAddress(), listener.getLocalPort());
    }

    Candidate row() {
        int flags = pieces.isComplete() ? 0 : RowFlags.PARTIAL;
        return new Candidate(
                1, flags, endpoint(), content.bytes().length, content.content().id(), name);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                spawn(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            Reply reply = new Reply(socket);
            byte[] frame = new byte[PduLayout.PDU_BYTES];
            while (true) {
                in.readFully(frame);
                Pdu.Download request = (Pdu.Download) PduCodec.decode(Channel.TCP, ByteBuffer.wrap(frame));
                requests.add(request);
                script.answer(request, reply);
            }
        } catch (EOFException | SocketException e) {
            // The downloader left.
        } catch (IOException | PduException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : List.copyOf(sockets)) {
                socket.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** One connection's way back. */
    final class Reply {
        final Socket socket;
        private final OutputStream out;

        private Reply(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        void honestly(Pdu.Download request) throws IOException {
            byte[] source = bytesOf(request.kind());
            if (!content.content().root().equals(request.root())
                    && !request.root().isNone()
                    && !isHint(request)) {
                fail(ErrorCode.NOT_FOUND, 0);
                return;
            }
            int from = (int) request.offset();
            long end = request.length() == 0 ? source.length : request.offset() + request.length();
            if (end > source.length) {
                fail(ErrorCode.RANGE, 0);
            } else if (request.kind() == RangeKind.CONTENT && heldEnd(from, (int) end) == from && from < end) {
                fail(ErrorCode.NOT_HELD, 0);
            } else {
                int to = request.kind() == RangeKind.CONTENT ? heldEnd(from, (int) end) : (int) end;
                head(request.kind(), from, to - from);
                body(Arrays.copyOfRange(source, from, to));
            }
        }

        private boolean isHint(Pdu.Download request) {
            return request.root().isHint()
                    && request.root().contentId().equals(content.content().id());
        }

        private int heldEnd(int from, int end) {
            if (from == end || pieces.isComplete()) {
                return end;
            }
            int missing = pieces.nextMissing(content.geometry().pieceAt(from));
            return missing == pieces.pieceCount()
                    ? end
                    : (int) Math.max(from, Math.min(end, content.geometry().pieceOffset(missing)));
        }

        byte[] bytesOf(RangeKind kind) {
            return switch (kind) {
                case CONTENT -> content.bytes();
                case MANIFEST -> content.manifest().encode().array();
                case HAVE -> pieces.toHaveBytes();
            };
        }

        void head(RangeKind kind, long offset, long length) throws IOException {
            head(kind, offset, length, content.content().root(), content.bytes().length);
        }

        void head(RangeKind kind, long offset, long length, Root root, long size) throws IOException {
            pdu(new Pdu.Range(kind, pieces.isComplete(), offset, length, root, size, 1_700_000_000_000L));
        }

        void fail(ErrorCode code, int retryAfterSeconds) throws IOException {
            refusals.incrementAndGet();
            pdu(new Pdu.Failed(code, retryAfterSeconds, code.name().toLowerCase(java.util.Locale.ROOT)));
        }

        void pdu(Pdu pdu) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(PduLayout.PDU_BYTES);
            PduCodec.encode(pdu, frame);
            raw(frame.array());
        }

        /** C frames for these bytes. */
        void body(byte[] bytes) throws IOException {
            body(bytes, bytes.length);
        }

        /** C frames for the first {@code count} of these bytes, rounded up to a frame. */
        void body(byte[] bytes, int count) throws IOException {
            int frames = (count + 99) / 100;
            byte[] framed = new byte[frames * PduLayout.PDU_BYTES];
            for (int i = 0; i < frames; i++) {
                framed[i * PduLayout.PDU_BYTES] = 'C';
                int length = Math.min(100, bytes.length - i * 100);
                System.arraycopy(bytes, i * 100, framed, i * PduLayout.PDU_BYTES + 1, length);
            }
            sentBytes.addAndGet(count);
            raw(framed);
        }

        void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Ends the connection with a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Sends nothing more until the other side leaves. */
        void stall() throws IOException {
            byte[] rest = new byte[1024];
            while (socket.getInputStream().read(rest) >= 0) {
                // What else it asks for is not answered.
            }
        }
    }
}
