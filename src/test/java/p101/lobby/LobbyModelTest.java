package p101.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.registry.Command;
import p101.registry.Outcome;
import p101.registry.OwnerId;

/**
 * Random interleavings of register, rename, share, talk and leave, among peers of another door that come and go under the same
 * names, against a model of a few lines: who is there, what is listed, and who hears what, after every step.
 */
class LobbyModelTest {
    private static final String[] ALIASES = {"ann", "bob", "cid", "dan", "Ann", "bob lee"};
    private static final String[] FILES = {"a", "b", "c", "rfc1.txt", "my song.ogg"};
    private static final int CONNECTIONS = 7;
    private static final int PLACES = 4;
    private static final int STEPS = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void theLobbyIsAsTheModelSays(long seed) {
        new Play(seed).run();
    }

    /** A connection as the model knows it. */
    private static final class Model {
        LobbyWorld.Person person;
        /** Two addresses, so that some share theirs with the other peers and some do not. */
        final String address;

        String alias;
        int port;
        Set<String> files = new LinkedHashSet<>();

        Model(String address) {
            this.address = address;
        }
    }

    private static final class Play {
        private final long seed;
        private final SplittableRandom random;
        private final LobbyWorld world = new LobbyWorld(
                LobbyLimits.DEFAULT.withMembers(PLACES), Privileges.none(), p101.registry.RegistryLimits.DEFAULT);
        private final List<Model> models = new ArrayList<>();
        /** Rows of the PDU peer at 10.0.0.1, by its name. */
        private final Set<String> foreign = new TreeSet<>();

        Play(long seed) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            for (int i = 0; i < CONNECTIONS; i++) {
                Model model = new Model(i % 2 == 0 ? "10.0.0.1" : "10.0.0.2");
                model.person = world.enter(model.address);
                models.add(model);
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                String what = step(models.get(random.nextInt(CONNECTIONS)));
                check("seed " + seed + ", step " + step + ": " + what);
            }
            models.forEach(model -> model.person.leave());
            leaveForeign();
            assertThat(world.totals()).isEqualTo(new Outcome.Totals(0, 0));
            assertThat(world.failures).isEmpty();
        }

        private String step(Model model) {
            return switch (random.nextInt(8)) {
                case 0, 1 -> register(model, alias(), random.nextInt(3), someFiles());
                case 2 -> register(model, alias(), model.port, model.files);
                case 3 -> share(model, someFiles());
                case 4, 5 -> say(model);
                case 6 -> leave(model);
                default -> foreign();
            };
        }

        private String register(Model model, String alias, int port, Set<String> files) {
            boolean rename = port == model.port && files == model.files;
            String line = rename ? "/setNick " + alias : "/register " + quoted(alias) + " " + port + quoted(files);
            String problem = problem(model, alias, files);
            String answer = model.person.type(line);
            assertThat(answer).as(seed + ": " + line).startsWith(problem == null ? "OK you are " + alias : problem);
            if (problem == null) {
                model.alias = alias;
                model.port = port;
                model.files = new LinkedHashSet<>(files);
            }
            return line;
        }

        /** What the model has against it; {@code null} when nothing. */
        private String problem(Model model, String alias, Set<String> files) {
            for (Model other : models) {
                if (other != model && other.alias != null && other.alias.equalsIgnoreCase(alias)) {
                    return "ERROR taken";
                }
            }
            if (model.alias == null && members() == PLACES) {
                return "ERROR full";
            }
            boolean elsewhere = !model.address.equals("10.0.0.1");
            if (elsewhere && !alias.equals(model.alias) && foreignNames().contains(alias.toLowerCase(Locale.ROOT))) {
                return "ERROR taken";
            }
            boolean isNew = !alias.equals(model.alias);
            for (String file : files) {
                if (foreign.contains(alias + " => " + file) && (isNew || !model.files.contains(file))) {
                    return "ERROR conflict";
                }
            }
            return null;
        }

        private String share(Model model, Set<String> files) {
            String line = "/setSharedFiles" + quoted(files);
            String problem = model.alias == null ? "ERROR not-named" : conflict(model, files);
            assertThat(model.person.type(line)).as(seed + ": " + line).startsWith(problem == null ? "OK" : problem);
            if (problem == null) {
                model.files = new LinkedHashSet<>(files);
            }
            return line;
        }

        private String conflict(Model model, Set<String> files) {
            for (String file : files) {
                if (foreign.contains(model.alias + " => " + file) && !model.files.contains(file)) {
                    return "ERROR conflict";
                }
            }
            return null;
        }

        private String say(Model model) {
            models.forEach(other -> other.person.seen());
            String text = "word " + random.nextInt(1_000);
            String answer = model.person.type(text);
            assertThat(answer).startsWith(model.alias == null ? "ERROR not-named" : "");
            for (Model other : models) {
                boolean hears = other != model && other.alias != null && model.alias != null;
                if (other != model) {
                    assertThat(other.person.seen()).isEqualTo(hears ? model.alias + ": " + text + "\n" : "");
                }
            }
            return "say";
        }

        private String leave(Model model) {
            if (random.nextBoolean()) {
                model.person.type("/exit");
            }
            model.person.leave();
            model.alias = null;
            model.port = 0;
            model.files.clear();
            model.person = world.enter(model.address);
            return "leave";
        }

        /** The peer of another door shares something more, or leaves. */
        private String foreign() {
            if (random.nextInt(5) == 0) {
                leaveForeign();
                return "the peer leaves";
            }
            String name = ALIASES[random.nextInt(2)];
            String file = FILES[random.nextInt(FILES.length)];
            boolean held = models.stream().anyMatch(model -> name.equals(model.alias) && model.files.contains(file));
            Outcome outcome = world.share("10.0.0.1:9000", name, file, 0);
            assertThat(outcome).isInstanceOf(held ? Outcome.Refused.class : Outcome.Accepted.class);
            if (!held) {
                foreign.add(name + " => " + file);
            }
            return "a peer shares " + file + " as " + name;
        }

        private void leaveForeign() {
            for (String name : List.of(ALIASES[0], ALIASES[1])) {
                OwnerId owner = OwnerId.leased(name.hashCode() | 1L, LobbyWorld.endpoint("10.0.0.1:9000"));
                world.registry.apply(new Command.Leave(owner), world.nowNanos(), outcome -> {});
            }
            foreign.clear();
        }

        private Set<String> foreignNames() {
            Set<String> names = new TreeSet<>();
            foreign.forEach(row -> names.add(row.substring(0, row.indexOf(" =>"))));
            return names;
        }

        private long members() {
            return models.stream().filter(model -> model.alias != null).count();
        }

        private void check(String step) {
            Set<String> rows = new TreeSet<>();
            Set<String> users = new TreeSet<>();
            for (Model model : models) {
                if (model.alias != null) {
                    users.add(model.alias + " -> " + model.address + ":" + model.port);
                    model.files.forEach(
                            file -> rows.add(model.address + ":" + model.port + " | " + model.alias + " => " + file));
                }
            }
            assertThat(world.lobby.memberCount()).as(step).isEqualTo(users.size());
            foreign.forEach(row -> rows.add("10.0.0.1:9000 | " + row));
            foreignNames().forEach(name -> users.add(name + " -> 10.0.0.1:9000"));
            assertThat(new TreeSet<>(world.rows())).as(step).isEqualTo(rows);
            assertThat(world.rows()).as(step).hasSize(rows.size());
            Model asker = models.get(random.nextInt(CONNECTIONS));
            List<String> shown = asker.person.type("/showall").lines().toList();
            assertThat(new TreeSet<>(shown.subList(1, shown.size() - 1)))
                    .as(step)
                    .isEqualTo(users.isEmpty() ? Set.of("* nothing to list") : users);
            List<String> listed = asker.person
                    .type("/query")
                    .lines()
                    .filter(line -> line.contains(" => "))
                    .toList();
            assertThat(new TreeSet<>(listed)).as(step).isEqualTo(rows);
        }

        private String alias() {
            return ALIASES[random.nextInt(ALIASES.length)];
        }

        private Set<String> someFiles() {
            Set<String> files = new LinkedHashSet<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                files.add(FILES[random.nextInt(FILES.length)]);
            }
            return files;
        }

        private static String quoted(String name) {
            return '"' + name + '"';
        }

        private static String quoted(Set<String> files) {
            StringBuilder words = new StringBuilder();
            files.forEach(file -> words.append(' ').append(quoted(file)));
            return words.toString();
        }
    }
}
