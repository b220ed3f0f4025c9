package p101.overlay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import p101.model.Endpoint;

/** What a packet says; the same bytes in both forms. spec/OVERLAY.md, section 3. */
sealed interface Body {
    /** The number of the type on the wire. */
    int type();

    /**
     * A node makes itself known to the root.
     *
     * @param claimed the address in the body, which says nothing: some put the root's there; {@code null} = none that can be
     *     read
     */
    record RegisterRequest(Endpoint claimed) implements Body {
        @Override
        public int type() {
            return PacketType.REGISTER;
        }
    }

    /** The root knows the node. */
    record RegisterResponse() implements Body {
        @Override
        public int type() {
            return PacketType.REGISTER;
        }
    }

    /** A node asks for a parent. */
    record AdvertiseRequest() implements Body {
        @Override
        public int type() {
            return PacketType.ADVERTISE;
        }
    }

    /** The root names one. */
    record AdvertiseResponse(Endpoint parent) implements Body {
        @Override
        public int type() {
            return PacketType.ADVERTISE;
        }
    }

    /** A node is the receiver's child from now on. */
    record Join() implements Body {
        @Override
        public int type() {
            return PacketType.JOIN;
        }
    }

    /**
     * Something that is said to everybody.
     *
     * @param bytes UTF-8 as a rule; passed on as they came
     */
    record Message(ByteBuffer bytes) implements Body {
        public Message {
            bytes = bytes.asReadOnlyBuffer();
        }

        static Message of(String text) {
            return new Message(StandardCharsets.UTF_8.encode(text));
        }

        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }

        /** What is not UTF-8 becomes U+FFFD. */
        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        @Override
        public int type() {
            return PacketType.MESSAGE;
        }
    }

    /** Hello, on its way up; each hop appends itself. */
    record ReunionRequest(List<Endpoint> path) implements Body {
        public ReunionRequest {
            path = List.copyOf(path);
        }

        @Override
        public int type() {
            return PacketType.REUNION;
        }
    }

    /** Hello back, on its way down; the first of the path is who receives it. */
    record ReunionResponse(List<Endpoint> path) implements Body {
        public ReunionResponse {
            path = List.copyOf(path);
        }

        @Override
        public int type() {
            return PacketType.REUNION;
        }
    }
}
