package p101.rendezvous;

import java.util.List;

/** A JSON value. Objects keep the order of their members, and members of the same name: the published dialect goes by order. */
sealed interface Json {
    record Text(String value) implements Json {}

    /** @param literal the digits as they were written; nobody here calculates with them */
    record Number(String literal) implements Json {}

    /** {@code true}, {@code false} or {@code null}. */
    record Literal(String word) implements Json {}

    record Items(List<Json> values) implements Json {
        public Items {
            values = List.copyOf(values);
        }
    }

    record Members(List<Member> all) implements Json {
        public Members {
            all = List.copyOf(all);
        }

        /** The first member of this name, looked for from a place on; {@code null} when there is none. */
        Json named(String name, int from) {
            for (Member member : all.subList(Math.min(from, all.size()), all.size())) {
                if (member.name().equals(name)) {
                    return member.value();
                }
            }
            return null;
        }

        /** The value at a place; {@code null} when there are fewer. */
        Json at(int place) {
            return place < all.size() ? all.get(place).value() : null;
        }
    }

    record Member(String name, Json value) {}
}
