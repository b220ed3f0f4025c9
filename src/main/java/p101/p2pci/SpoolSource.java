package p101.p2pci;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import p101.fetch.Block;
import p101.fetch.DropReason;
import p101.fetch.Source;
import p101.fetch.SourceEvents;
import p101.fetch.SourceRequest;
import p101.library.HashedFile;
import p101.library.Manifest;
import p101.library.PieceSet;
import p101.loop.EventLoop;
import p101.model.FileName;

/**
 * A source of what a GET has brought already: it hands the spooled file over piece by piece, so that a download by GET ends
 * like any other, with its name, its policies and its checks. Loop thread.
 */
final class SpoolSource implements Source {
    private final EventLoop loop;
    private final Spool spool;
    private final HashedFile hashed;
    private final FileName fullName;
    private final long modifiedMillis;
    private final SourceRequest request;
    private final SourceEvents events;
    private final Runnable onClosed;
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private boolean scheduled;
    private boolean paused;
    private boolean closed;

    /** What may be asked for. */
    private enum Kind {
        MANIFEST,
        HAVE,
        CONTENT
    }

    /** A request that is not answered yet; {@code next} is the first byte that was not handed over. */
    private record Asked(Kind kind, long offset, long length, long next) {
        boolean isBegun() {
            return next > offset;
        }

        long left() {
            return offset + length - next;
        }

        Asked advanced(long bytes) {
            return new Asked(kind, offset, length, next + bytes);
        }
    }

    /**
     * @param onClosed the file is of no more use
     */
    SpoolSource(
            EventLoop loop,
            GetSources.Fetched file,
            long modifiedMillis,
            SourceRequest request,
            SourceEvents events,
            Runnable onClosed) {
        this.loop = loop;
        this.spool = file.spool();
        this.hashed = file.hashed();
        this.fullName = file.file();
        this.onClosed = onClosed;
        this.modifiedMillis = modifiedMillis;
        this.request = request;
        this.events = events;
    }

    @Override
    public void open() {
        loop.execute(() -> {
            if (!closed) {
                events.onOpen();
            }
        });
    }

    @Override
    public void requestManifest() {
        ask(Kind.MANIFEST, 0, 0);
    }

    @Override
    public void requestHave() {
        ask(Kind.HAVE, 0, 0);
    }

    @Override
    public void requestContent(long offset, long length) {
        ask(Kind.CONTENT, offset, Math.min(length, hashed.content().size() - offset));
    }

    private void ask(Kind kind, long offset, long length) {
        asked.add(new Asked(kind, offset, length, offset));
        goOn();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        goOn();
    }

    @Override
    public void flush() {
        // Every block is handed over as soon as it is read.
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            asked.clear();
            onClosed.run();
        }
    }

    /** One step a turn, and never inside a call of the download's. */
    private void goOn() {
        if (!scheduled && !paused && !closed && !asked.isEmpty()) {
            scheduled = true;
            loop.execute(this::step);
        }
    }

    private void step() {
        scheduled = false;
        if (closed || paused || asked.isEmpty()) {
            return;
        }
        Asked next = asked.peek();
        switch (next.kind()) {
            case MANIFEST -> {
                asked.poll();
                ByteBuffer bytes = new Manifest(fullName, hashed.pieces()).encode();
                events.onActivity();
                events.onManifest(head(0, bytes.remaining()), bytes);
            }
            case HAVE -> {
                asked.poll();
                byte[] bytes = PieceSet.complete(hashed.pieces().count()).toHaveBytes();
                events.onActivity();
                events.onHave(head(0, bytes.length), ByteBuffer.wrap(bytes));
            }
            case CONTENT -> stepContent(next);
        }
        goOn();
    }

    private SourceEvents.AnswerHead head(long offset, long length) {
        return new SourceEvents.AnswerHead(
                true, offset, length, hashed.content().root(), hashed.content().size(), modifiedMillis);
    }

    private void stepContent(Asked running) {
        if (!running.isBegun()) {
            events.onContentStart(head(running.offset(), running.length()));
            if (closed) {
                return;
            }
        }
        Block block = request.blocks().take(running.next());
        block.buffer().limit((int) Math.min(Block.BYTES, running.left()));
        try {
            read(block.buffer(), running.next());
        } catch (IOException e) {
            request.blocks().give(block);
            close();
            events.onLost(DropReason.CLOSED, "what it sent cannot be read here any more");
            return;
        }
        asked.poll();
        Asked advanced = running.advanced(block.buffer().position());
        if (advanced.left() > 0) {
            asked.push(advanced);
        }
        events.onActivity();
        events.onContent(block);
        if (advanced.left() == 0 && !closed) {
            events.onContentEnd();
        }
    }

    private void read(ByteBuffer into, long from) throws IOException {
        long position = from;
        while (into.hasRemaining()) {
            int count = spool.read(into, position);
            if (count <= 0) {
                throw new IOException("the file is shorter than it was");
            }
            position += count;
        }
    }
}
