package p101.registry;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;

/** The table of names against the JDK's, in random order of changes. */
class NameTableTest {
    private static final int ROUNDS = 200;
    private static final int CHANGES = 400;

    @Test
    void holdsWhatAMapHolds() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            compare(Randomness.seeded(seed), new NameTable(Randomness.seeded(-seed)), 5 + seed);
        }
    }

    /** Without its secret every name falls on one slot: slow, but never wrong. */
    @Test
    void holdsNamesThatMeet() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            compare(Randomness.seeded(seed), new NameTable(() -> 0), 5 + seed);
        }
    }

    private static void compare(Randomness randomness, NameTable table, int nameCount) {
        Map<FileName, Holders> expected = new HashMap<>();
        List<FileName> names = new ArrayList<>();
        for (int i = 0; i < nameCount; i++) {
            names.add(FileName.of("n" + i + "x".repeat(i % 40) + (i % 3 == 0 ? "\u00e9\u4e2d" : "")));
        }
        for (int change = 0; change < CHANGES; change++) {
            FileName name = names.get(randomness.below(nameCount));
            if (randomness.below(2) == 0) {
                Row row = new Row(PeerName.of("p"), name);
                table.put(copy(name), row);
                expected.put(name, row);
            } else {
                table.remove(copy(name));
                expected.remove(name);
            }
            table.prefetch(names.subList(randomness.below(nameCount), nameCount));
            FileName other = names.get(randomness.below(nameCount));
            assertSame(expected.get(other), table.get(copy(other)));
        }
        names.forEach(name -> assertSame(expected.get(name), table.get(copy(name))));
    }

    /** An equal name that is another object, as it comes from the wire. */
    private static FileName copy(FileName name) {
        return FileName.of(new String(name.value().toCharArray()));
    }

    @Test
    void aNameThatNoPduCarriesHasNoHolders() {
        NameTable table = new NameTable(Randomness.seeded(1));
        FileName longest = FileName.of("a".repeat(FileName.MAX_LABEL_BYTES));
        Row row = new Row(PeerName.of("p"), longest);
        table.put(longest, row);
        assertSame(row, table.get(longest));
        assertNull(table.get(FileName.of(longest.value() + "a")));
    }

    @Test
    void namesWithEqualBeginningsAreDifferent() {
        NameTable table = new NameTable(Randomness.seeded(2));
        Row row = new Row(PeerName.of("p"), FileName.of("aa"));
        table.put(row.file, row);
        assertNull(table.get(FileName.of("a")));
        assertNull(table.get(FileName.of("aaa")));
        assertSame(row, table.get(FileName.of("aa")));
    }
}
