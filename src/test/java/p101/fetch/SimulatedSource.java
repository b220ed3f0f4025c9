package p101.fetch;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import p101.fetch.SourceEvents.AnswerHead;
import p101.library.PieceSet;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.RangeKind;

/** A source in simulated time, with a character: a speed, a tendency to lie, a time of death, a part that it has. */
final class SimulatedSource implements Source {
    private static final long STEP_NANOS = 10_000_000;

    /** What a source is like; one for each row, shared by all connections to it. */
    static final class Character {
        final String name;
        final TestContent content;
        double bytesPerSecond = 10e6;
        /** Pieces that it sends wrong. */
        PieceSet lies;
        /** When it falls silent, resets, or is silent from the start. */
        long silentFromNanos = Long.MAX_VALUE;

        long deadFromNanos = Long.MAX_VALUE;
        int busyAnswers;
        /** What it has; it may grow. */
        PieceSet pieces;

        int connections;
        long sentBytes;

        Character(String name, TestContent content) {
            this.name = name;
            this.content = content;
            this.pieces = PieceSet.complete(content.geometry().pieceCount());
            this.lies = PieceSet.empty(content.geometry().pieceCount());
        }
    }

    private record Ask(RangeKind kind, long offset, long length) {}

    private final EventLoop loop;
    private final Character character;
    private final BlockPool blocks;
    private final SourceEvents events;
    private final ArrayDeque<Ask> asks = new ArrayDeque<>();
    private TimerHandle timer;
    private boolean closed;
    private boolean paused;
    private AnswerHead head;
    private long at;
    private double allowance;

    SimulatedSource(EventLoop loop, Character character, SourceRequest request, SourceEvents events) {
        this.loop = loop;
        this.character = character;
        this.blocks = request.blocks();
        this.events = events;
    }

    @Override
    public void open() {
        character.connections++;
        timer = loop.schedule(STEP_NANOS, () -> {
            timer = loop.schedule(STEP_NANOS, this::step);
            if (loop.nowNanos() >= character.deadFromNanos) {
                lose(DropReason.UNREACHABLE);
            } else {
                events.onOpen();
            }
        });
    }

    private void step() {
        if (closed) {
            return;
        }
        timer = loop.schedule(STEP_NANOS, this::step);
        if (loop.nowNanos() >= character.deadFromNanos) {
            lose(DropReason.CLOSED);
        } else if (loop.nowNanos() < character.silentFromNanos && !paused) {
            allowance += character.bytesPerSecond * STEP_NANOS / 1e9;
            while (!closed && allowance > 0 && (head != null || !asks.isEmpty())) {
                answer();
            }
            allowance = Math.min(allowance, character.bytesPerSecond);
        }
    }

    private void lose(DropReason reason) {
        close();
        events.onLost(reason, "");
    }

    private void answer() {
        Ask ask = asks.peek();
        if (character.busyAnswers > 0) {
            character.busyAnswers--;
            asks.poll();
            events.onRefused(ask.kind, new Pdu.Failed(ErrorCode.BUSY, 1, "busy"));
        } else if (ask.kind == RangeKind.CONTENT) {
            content(ask);
        } else {
            asks.poll();
            allowance -= 100;
            byte[] bytes = ask.kind == RangeKind.HAVE
                    ? character.pieces.toHaveBytes()
                    : character.content.manifest().encode().array();
            AnswerHead told = head(0, bytes.length);
            events.onActivity();
            if (ask.kind == RangeKind.HAVE) {
                events.onHave(told, ByteBuffer.wrap(bytes));
            } else {
                events.onManifest(told, ByteBuffer.wrap(bytes));
            }
        }
    }

    private AnswerHead head(long offset, long length) {
        return new AnswerHead(
                character.pieces.isComplete(),
                offset,
                length,
                character.content.content().root(),
                character.content.bytes().length,
                0);
    }

    private void content(Ask ask) {
        if (head == null) {
            long end = heldEnd(ask);
            if (end == ask.offset) {
                asks.poll();
                allowance -= 100;
                events.onRefused(RangeKind.CONTENT, new Pdu.Failed(ErrorCode.NOT_HELD, 0, "not held"));
                return;
            }
            head = head(ask.offset, end - ask.offset);
            at = ask.offset;
            events.onContentStart(head);
            return;
        }
        send((int) Math.min(Math.min(Block.BYTES, Math.max(1, (long) allowance)), head.offset() + head.length() - at));
        if (!closed && at == head.offset() + head.length()) {
            head = null;
            asks.poll();
            events.onContentEnd();
        }
    }

    private long heldEnd(Ask ask) {
        var geometry = character.content.geometry();
        int missing = character.pieces.nextMissing(geometry.pieceAt(ask.offset));
        long end = ask.offset + ask.length;
        return missing == geometry.pieceCount() ? end : Math.min(end, geometry.pieceOffset(missing));
    }

    private void send(int length) {
        Block block = blocks.take(at);
        for (int i = 0; i < length; i++) {
            int index = (int) (at + i);
            boolean wrong = character.lies.has(character.content.geometry().pieceAt(index));
            block.buffer().put((byte) (character.content.bytes()[index] ^ (wrong && index % 1000 == 0 ? 1 : 0)));
        }
        at += length;
        allowance -= length;
        character.sentBytes += length;
        events.onActivity();
        events.onContent(block);
    }

    @Override
    public void requestManifest() {
        asks.add(new Ask(RangeKind.MANIFEST, 0, 0));
    }

    @Override
    public void requestHave() {
        asks.add(new Ask(RangeKind.HAVE, 0, 0));
    }

    @Override
    public void requestContent(long offset, long length) {
        asks.add(new Ask(RangeKind.CONTENT, offset, length));
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void flush() {
        // Every step hands over what it has.
    }

    @Override
    public void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
