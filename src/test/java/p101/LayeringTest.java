package p101;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import p101.model.PeerName;

/** Each package imports only what the table allows; changing the table is a design decision. */
class LayeringTest {
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("loop", Set.of()),
            Map.entry("pdu", Set.of("model")),
            Map.entry("registry", Set.of("model")),
            Map.entry("room", Set.of("model")),
            Map.entry("index", Set.of("pdu", "registry", "loop", "model")),
            Map.entry("library", Set.of("model")),
            Map.entry("content", Set.of("pdu", "library", "loop", "model")),
            Map.entry("fetch", Set.of("pdu", "library", "loop", "model")),
            Map.entry("peer", Set.of("pdu", "library", "content", "fetch", "loop", "model")),
            Map.entry("menu", Set.of("peer", "fetch", "library", "model")),
            Map.entry("p2pci", Set.of("registry", "content", "fetch", "library", "loop", "model")),
            Map.entry("lobby", Set.of("registry", "room", "loop", "model")),
            Map.entry("overlay", Set.of("room", "loop", "model")),
            Map.entry("rendezvous", Set.of("registry", "loop", "model")),
            Map.entry("direct", Set.of("loop", "model")),
            Map.entry("control", Set.of("model")));

    /** Libraries that only the command line may use; all other packages use the JDK and SLF4J alone. */
    private static final Set<String> EDGE_LIBRARIES = Set.of("picocli.", "com.google.gson.");

    /** All that stands beside the model's classes: the program, not its tests. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(PeerName.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void packagesImportOnlyWhatTheDesignAllows() {
        Set<String> broken = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            String room = room(from);
            if (room.equals("app")) {
                continue;
            }
            assertThat(ALLOWED).as("a package that the table does not name").containsKey(room);
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> isForbidden(room, target))
                    .forEach(target -> broken.add(from.getName() + " -> " + target.getName()));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void onlyTheEventLoopTouchesASelector() {
        Set<String> users = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> dependency.getTargetClass().getName().startsWith("java.nio.channels.Sel"))
                    .filter(dependency ->
                            !dependency.getTargetClass().getSimpleName().equals("SelectableChannel"))
                    .forEach(dependency -> users.add(room(from)));
        }
        assertThat(users).isSubsetOf("loop");
    }

    @Test
    void nothingDeserialisesObjects() {
        Set<String> users = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> dependency.getTargetClass().getName().equals("java.io.ObjectInputStream"))
                    .forEach(dependency -> users.add(from.getName()));
        }
        assertThat(users).isEmpty();
    }

    private static boolean isForbidden(String room, JavaClass target) {
        String name = target.getName();
        if (EDGE_LIBRARIES.stream().anyMatch(name::startsWith)) {
            return true;
        }
        return name.startsWith("p101.")
                && !room(target).equals(room)
                && !ALLOWED.get(room).contains(room(target));
    }

    /** The package below {@code p101} that a class lives in. */
    private static String room(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.");
        return parts.length < 2 ? "" : parts[1];
    }
}
