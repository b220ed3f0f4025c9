package p101.lobby;

import java.util.List;
import java.util.function.Consumer;
import p101.model.Endpoint;
import p101.registry.Registry;

/** Orders that only ask: the answers of several lines. spec/LOBBY.md, sections 3 and 4. */
final class Questions {
    private static final String NOTHING = Wording.notice("nothing to list");
    private static final int MEMBERS_PER_PART = 200;

    private Questions() {}

    /** Whether the order makes the index look at much. */
    static boolean isListing(Order order) {
        return order instanceof Order.ShowAll
                || order instanceof Order.Query
                || order instanceof Order.Fetch
                || order instanceof Order.Who
                || order instanceof Order.Register
                || order instanceof Order.SetNick
                || order instanceof Order.SetSharedFiles;
    }

    /** The answer; {@code null} when there is none. */
    static Work answer(Order order, Lobby lobby, Member asker) {
        Registry registry = lobby.setting().registry();
        View view = asker.view();
        if (order instanceof Order.ShowAll) {
            return new Listing(registry, Wording.USERS, NOTHING, List.of(Listing.users(user -> true, view::user)));
        } else if (order instanceof Order.Query query) {
            return query(query.text(), registry, view);
        } else if (order instanceof Order.Fetch fetch) {
            String nobody = Wording.error(
                    Problem.NOT_FOUND, "nobody shares " + fetch.file() + ": /query PART-OF-THE-NAME looks for others");
            return new Listing(registry, "", nobody, List.of(Listing.holders(fetch.file(), view::fetch)));
        } else if (order instanceof Order.Who) {
            return new Who(lobby.members(), asker);
        } else if (order instanceof Order.Help) {
            return (now, part) -> part.accept(new Work.Part(Wording.HELP + Wording.END, true));
        }
        return null;
    }

    private static Work query(String text, Registry registry, View view) {
        return new Listing(
                registry,
                "",
                NOTHING,
                List.of(
                        Listing.users(
                                user -> text.isEmpty() || user.peer().value().equals(text), view::listens),
                        Listing.rows(
                                row -> row.file().value().contains(text)
                                        || row.peer().value().equals(text),
                                view::file)));
    }

    /** Who is in the lobby, as it was when that was asked. */
    private static final class Who implements Work {
        private final List<Member> members;
        private final Member asker;
        private int at;

        Who(List<Member> members, Member asker) {
            this.members = members;
            this.asker = asker;
        }

        @Override
        public void next(long nowNanos, Consumer<Part> part) {
            StringBuilder lines = new StringBuilder(at == 0 ? Wording.MEMBERS : "");
            int end = Math.min(members.size(), at + MEMBERS_PER_PART);
            while (at < end) {
                Member member = members.get(at++);
                Endpoint place = new Endpoint(member.remote().address(), member.port());
                lines.append(View.name(member.alias()))
                        .append(" -> ")
                        .append(asker.view().place(place))
                        .append(", ")
                        .append(Wording.files(member.fileCount()));
                lines.append(member.isPrivileged() ? ", privileged" : "")
                        .append(member == asker ? ", you" : "")
                        .append('\n');
            }
            boolean last = at == members.size();
            part.accept(new Part(lines + (last ? Wording.END : ""), last));
        }
    }
}
