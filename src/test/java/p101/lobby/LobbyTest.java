package p101.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import p101.registry.Command;
import p101.registry.Outcome;
import p101.registry.Registration;
import p101.registry.RegistryLimits;
import p101.room.Door;
import p101.room.Seat;
import p101.room.Sentence;

/** What a lobby decides: spec/LOBBY.md, sections 3 to 8. */
class LobbyTest {
    private static final String SECRET = "correct horse battery";

    private LobbyWorld world = new LobbyWorld();

    private void open(LobbyLimits limits) {
        world = new LobbyWorld(limits, Privileges.of(SECRET), RegistryLimits.DEFAULT);
    }

    @AfterEach
    void noDoorFailed() {
        assertThat(world.failures).isEmpty();
    }

    @Test
    void whatIsSaidIsHeardByAllOthersWithTheAliasInFront() {
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        LobbyWorld.Person bob = world.member("10.0.0.2", "bob lee");
        LobbyWorld.Person waiting = world.enter("10.0.0.3");
        ann.seen();
        assertThat(ann.type("hello")).isEmpty();
        assertThat(bob.seen()).isEqualTo("ann: hello\n");
        bob.type("//who");
        assertThat(ann.seen()).isEqualTo("bob lee: /who\n");
        assertThat(waiting.seen()).as("who has no name is not in the room").isEmpty();
        assertThat(waiting.type("let me in")).startsWith("ERROR not-named: ");
        assertThat(world.journal).contains("SAY lobby ann: hello", "SAY lobby bob lee: /who");
    }

    @Test
    void theOtherDoorsHearAndAreHeardOnce() {
        List<Sentence> heard = new ArrayList<>();
        Seat overlay = world.room.join(new Door() {
            @Override
            public String name() {
                return "overlay";
            }

            @Override
            public void hear(Sentence sentence) {
                heard.add(sentence);
            }
        });
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        LobbyWorld.Person bob = world.member("10.0.0.2", "bob");
        ann.seen();
        ann.type("hello");
        assertThat(heard).singleElement().satisfies(sentence -> {
            assertThat(sentence.door()).isEqualTo("lobby");
            assertThat(sentence.speaker()).isEqualTo("ann");
            assertThat(sentence.text()).isEqualTo("hello");
        });
        bob.seen();
        overlay.say("127.0.0.1:5000", "good\u001b evening");
        assertThat(ann.seen()).isEqualTo("[overlay] 127.0.0.1:5000: good\\u{1b} evening\n");
        assertThat(bob.seen()).isEqualTo("[overlay] 127.0.0.1:5000: good\\u{1b} evening\n");
        assertThat(heard).hasSize(1);
    }

    @Test
    void anotherDoorThatFloodsIsNotToldOnButDropsNobody() {
        Seat flood = world.room.join(new Door() {
            @Override
            public String name() {
                return "flood";
            }

            @Override
            public void hear(Sentence sentence) {}
        });
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        for (int i = 0; i < 1_000; i++) {
            flood.say("x", "y".repeat(1_000));
        }
        assertThat(ann.seen().length()).isBetween(10_000, LobbyLimits.DEFAULT.queueBytes());
        assertThat(world.tally.snapshot(0).unheard()).isGreaterThan(900);
        world.pass(10);
        flood.say("x", "later");
        assertThat(ann.seen()).isEqualTo("[flood] x: later\n");
    }

    @Test
    void whoJoinsLateSeesTheLastLines() {
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        for (int i = 1; i <= 30; i++) {
            ann.type("line " + i);
        }
        String seen = world.enter("10.0.0.2").type("/setNick bob");
        assertThat(seen.lines()).hasSize(1 + LobbyLimits.HISTORY_LINES);
        assertThat(seen).startsWith("OK you are bob");
        assertThat(seen).contains("* 2023-11-14T22:13:20Z ann: line 11\n").endsWith(": line 30\n");
        for (int i = 0; i < 30; i++) {
            ann.type("z".repeat(LobbyLimits.TEXT_BYTES));
        }
        assertThat(world.enter("10.0.0.3").type("/setNick cid").length()).isLessThan(LobbyLimits.HISTORY_BYTES + 100);
    }

    @Test
    void aliasesAreUnique() {
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        LobbyWorld.Person bob = world.enter("10.0.0.2");
        assertThat(bob.type("/setNick ANN")).startsWith("ERROR taken: ");
        assertThat(bob.type("/register Ann 1 x")).startsWith("ERROR taken: ");
        assertThat(world.rows()).isEmpty();
        assertThat(ann.type("/setNick Ann")).as("one's own in another case").startsWith("OK you are Ann");
        assertThat(ann.type("/setNick anna")).startsWith("OK you are anna");
        assertThat(bob.type("/setNick ann")).startsWith("OK you are ann");
        bob.leave();
        assertThat(ann.seen()).contains("* ann joined\n", "* ann left: hung up\n");
        assertThat(ann.type("/setNick ann")).startsWith("OK");
    }

    @Test
    void aPeerOfAnotherDoorElsewhereKeepsItsName() {
        world.share("10.0.0.9:6010", "ann", "song.ogg", 0);
        LobbyWorld.Person stranger = world.enter("10.0.0.1");
        assertThat(stranger.type("/setNick Ann")).startsWith("ERROR taken: ");
        assertThat(stranger.type("/setNick bob")).startsWith("OK");
        assertThat(stranger.type("/setNick ann")).startsWith("ERROR taken: ");
        assertThat(stranger.type("/who")).contains("bob -> 10.0.0.1:0");
        LobbyWorld.Person herself = world.enter("10.0.0.9");
        assertThat(herself.type("/setNick ann")).startsWith("OK");
        assertThat(herself.type("/setSharedFiles other.ogg song.ogg"))
                .as("her other program shares this one")
                .startsWith("ERROR conflict: ");
        assertThat(world.rows()).as("all or nothing").containsExactly("10.0.0.9:6010 | ann => song.ogg");
    }

    @Test
    void whatIsRegisteredHereIsSeenThroughTheOtherDoorsAndTheOtherWayRound() {
        world.share("10.0.0.9:6010", "carl", "rfc7.txt", 0);
        world.share("10.0.0.9:6010", "carl", "half.iso", Registration.PARTIAL);
        world.share("10.0.0.8:7000", "ci~12345678", "rfc7.txt", Registration.P2PCI_GET);
        LobbyWorld.Person ann = world.enter("10.0.0.1");
        assertThat(ann.type("/register ann 5000 \"my song.ogg\" rfc12.txt")).startsWith("OK you are ann, port 5000, 2");
        assertThat(ann.type("/showall"))
                .isEqualTo("Online Users:\ncarl -> 10.0.0.9:6010\nci~12345678 -> 10.0.0.8:7000\n"
                        + "ann -> 10.0.0.1:5000\nEND\n");
        assertThat(ann.type("/query rfc"))
                .isEqualTo("10.0.0.9:6010 | carl => rfc7.txt\n10.0.0.8:7000 | ci~12345678 => rfc7.txt\n"
                        + "10.0.0.1:5000 | ann => rfc12.txt\nEND\n");
        assertThat(ann.type("/query carl"))
                .isEqualTo("carl Listens at: 6010\n10.0.0.9:6010 | carl => rfc7.txt\n"
                        + "10.0.0.9:6010 | carl => half.iso\nEND\n");
        assertThat(ann.type("/query nothing")).isEqualTo("* nothing to list\nEND\n");
        assertThat(ann.type("/fetch rfc7.txt"))
                .isEqualTo("10.0.0.8:7000 | ci~12345678 => rfc7.txt | P2P-CI GET RFC 7\n"
                        + "10.0.0.9:6010 | carl => rfc7.txt | PDU download\nEND\n");
        assertThat(ann.type("/fetch half.iso")).contains("| PDU download, incomplete so far\n");
        assertThat(ann.type("/fetch my song.ogg"))
                .isEqualTo("10.0.0.1:5000 | ann => my song.ogg | not fetchable\nEND\n");
        assertThat(ann.type("/fetch rfc12.txt")).contains("| P2P-CI GET RFC 12\n");
        assertThat(ann.type("/fetch nix")).startsWith("ERROR not-found: ").doesNotContain("END");
        assertThat(world.registrations())
                .filteredOn(row -> row.peer().value().equals("ann"))
                .extracting(Registration::flags)
                .containsExactly(Registration.NOT_FETCHABLE, Registration.P2PCI_GET);
    }

    @Test
    void withoutAPortNothingCanBeFetched() {
        LobbyWorld.Person ann = world.enter("10.0.0.1");
        ann.type("/register ann 0 rfc12.txt");
        assertThat(ann.type("/fetch rfc12.txt")).contains("10.0.0.1:0 | ann => rfc12.txt | not fetchable\n");
        ann.type("/register ann 5000 rfc12.txt");
        assertThat(ann.type("/fetch rfc12.txt"))
                .isEqualTo("10.0.0.1:5000 | ann => rfc12.txt | P2P-CI GET RFC 12\nEND\n");
        assertThat(world.totals()).isEqualTo(new Outcome.Totals(1, 1));
    }

    @Test
    void aPeerOnTheIndexsLoopbackIsShownUnderTheAddressThatWasAsked() {
        world.share("127.0.0.1:6010", "carl", "a.txt", 0);
        assertThat(world.enter("10.0.0.1").type("/query a.txt")).startsWith("10.0.0.200:6010 | carl");
        assertThat(world.enter("127.0.0.1").type("/query a.txt")).startsWith("127.0.0.1:6010 | carl");
    }

    @Test
    void leavingTakesEverythingAway() {
        LobbyWorld.Person ann = world.enter("10.0.0.1");
        ann.type("/register ann 5000 a b c");
        ann.type("/register anna 5001 b c d");
        assertThat(world.rows())
                .containsExactlyInAnyOrder(
                        "10.0.0.1:5001 | anna => b", "10.0.0.1:5001 | anna => c", "10.0.0.1:5001 | anna => d");
        assertThat(world.totals()).isEqualTo(new Outcome.Totals(3, 1));
        assertThat(ann.type("/exit")).isEqualTo("OK bye\n");
        assertThat(ann.hungUp).isTrue();
        ann.leave();
        assertThat(world.totals()).isEqualTo(new Outcome.Totals(0, 0));
        assertThat(world.journal)
                .containsExactly(
                        "JOIN ann from 10.0.0.1:40000 port 5000 files 3",
                        "RENAME ann is now anna",
                        "LEAVE anna from 10.0.0.1:40000: said /exit");
    }

    @Test
    void aChangeThatTheIndexRefusesChangesNothing() {
        world = new LobbyWorld(LobbyLimits.DEFAULT, Privileges.none(), RegistryLimits.DEFAULT.withRowsPerAddress(3));
        LobbyWorld.Person ann = world.enter("10.0.0.1");
        assertThat(ann.type("/register ann 5000 a b c d")).startsWith("ERROR limit: ");
        assertThat(world.totals()).isEqualTo(new Outcome.Totals(0, 0));
        assertThat(ann.type("hello")).startsWith("ERROR not-named: ");
        assertThat(ann.type("/register ann 5000 a b")).startsWith("OK");
        List<String> before = world.rows();
        assertThat(ann.type("/setSharedFiles b c d e")).startsWith("ERROR limit: ");
        assertThat(world.rows()).isEqualTo(before);
        assertThat(ann.type("/register ann 6000 a b c d")).startsWith("ERROR limit: ");
        assertThat(world.rows()).isEqualTo(before);
        assertThat(ann.type("/setNick anna"))
                .as("two rows more at once than allowed")
                .startsWith("ERROR limit: ");
        assertThat(world.rows()).isEqualTo(before);
        assertThat(world.totals().owners()).isOne();
        assertThat(ann.type("/showall")).contains("\nann -> 10.0.0.1:5000\n");
        ann.leave();
        assertThat(world.totals()).isEqualTo(new Outcome.Totals(0, 0));
        assertThat(world.enter("10.0.0.2").type("/setNick anna")).startsWith("OK");
    }

    @Test
    void theLimitOfMembersIsRealAndSomePlacesAreReserved() {
        open(LobbyLimits.DEFAULT.withMembers(3).withReserved(1));
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        world.member("10.0.0.2", "bob");
        LobbyWorld.Person late = world.enter("10.0.0.3");
        assertThat(late.type("/setNick cid")).startsWith("ERROR full: ");
        assertThat(late.type("/showall")).as("asking is free").endsWith("END\n");
        assertThat(late.type("/pro " + SECRET)).isEqualTo("OK you are privileged\n");
        assertThat(late.type("/setNick cid")).startsWith("OK");
        LobbyWorld.Person fourth = world.enter("10.0.0.4");
        fourth.type("/pro " + SECRET);
        assertThat(fourth.type("/setNick dan")).as("a real limit").startsWith("ERROR full: ");
        late.leave();
        assertThat(fourth.type("/setNick dan")).startsWith("OK");
        fourth.leave();
        ann.type("/pro " + SECRET);
        assertThat(world.enter("10.0.0.5").type("/setNick eve"))
                .as("ann now has the reserved place")
                .startsWith("OK");
        assertThat(world.enter("10.0.0.6").type("/setNick fay")).startsWith("ERROR full: ");
    }

    @Test
    void onlyThePrivilegedRemoveMembers() {
        open(LobbyLimits.DEFAULT);
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        LobbyWorld.Person bob = world.member("10.0.0.2", "bob");
        assertThat(ann.type("/kick bob")).startsWith("ERROR not-allowed: ");
        ann.type("/pro " + SECRET);
        assertThat(ann.type("/kick nobody")).startsWith("ERROR not-found: ");
        bob.type("/register bob 1 a b");
        bob.seen();
        assertThat(ann.type("/kick BOB")).isEqualTo("OK bob is removed\n* bob left: removed by ann\n");
        assertThat(bob.seen()).isEqualTo("* removed by ann\n");
        assertThat(bob.hungUp).isTrue();
        assertThat(world.rows()).isEmpty();
        assertThat(bob.type("still here?")).isEmpty();
        assertThat(world.journal).contains("LEAVE bob from 10.0.0.2:40000: removed by ann");
    }

    @Test
    void guessesAreLimited() {
        open(LobbyLimits.DEFAULT);
        LobbyWorld.Person guesser = world.enter("10.0.0.1");
        guesser.type("/pro wrong secret");
        guesser.type("/pro " + SECRET.toUpperCase(java.util.Locale.ROOT));
        assertThat(guesser.hungUp).isFalse();
        assertThat(guesser.type("/pro " + SECRET + "x"))
                .startsWith("ERROR secret: ")
                .contains("too many wrong secrets");
        assertThat(guesser.hungUp).isTrue();
        for (int i = 3; i < LobbyLimits.SECRETS_PER_ADDRESS; i++) {
            world.enter("10.0.0.1").type("/pro wrong secret");
        }
        assertThat(world.enter("10.0.0.1").type("/pro " + SECRET))
                .as("not even the right one")
                .startsWith("ERROR secret: ");
        assertThat(world.enter("10.0.0.2").type("/pro " + SECRET)).startsWith("OK");
        world.pass((int) (LobbyLimits.SECRETS_NANOS / LobbyWorld.SECOND) + 1);
        assertThat(world.enter("10.0.0.1").type("/pro " + SECRET)).startsWith("OK");
        assertThat(new LobbyWorld().enter("10.0.0.1").type("/pro anything at all"))
                .startsWith("ERROR not-allowed: ");
    }

    @Test
    void theSecretIsNeverTakenDown() {
        open(LobbyLimits.DEFAULT);
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        ann.type("pro " + SECRET);
        ann.type("/pro " + SECRET);
        assertThat(ann.type("it is " + SECRET)).startsWith("ERROR not-allowed: ");
        assertThat(String.join("\n", world.journal)).doesNotContain(SECRET).contains("SAY lobby ann: pro *****");
    }

    @Test
    void aPersonMayBeSilentForHoursButAConnectionWithoutANameMayNot() {
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        LobbyWorld.Person waiting = world.enter("10.0.0.2");
        world.pass(299);
        assertThat(waiting.hungUp).isFalse();
        world.pass(3);
        assertThat(waiting.hungUp).isTrue();
        world.pass(4_000);
        assertThat(ann.hungUp || ann.dropped).isFalse();
        assertThat(ann.seen()).as("nobody who did not ask for it is pinged").isEmpty();
    }

    @Test
    void aClientThatAnswersPingsIsGoneWhenItDoesNot() {
        LobbyWorld.Person ann = world.enter("10.0.0.1");
        assertThat(ann.type("/keepalive")).isEqualTo("OK answer each PING with /pong\n");
        ann.type("/register ann 1 a");
        for (int i = 0; i < 20; i++) {
            ann.seen();
            world.pass(20);
            assertThat(ann.seen()).isEqualTo("PING\n");
            assertThat(ann.type("/pong")).isEmpty();
        }
        world.pass(49);
        assertThat(world.rows()).hasSize(1);
        world.pass(2);
        assertThat(ann.dropped).isTrue();
        assertThat(world.totals()).isEqualTo(new Outcome.Totals(0, 0));
        assertThat(world.tally.snapshot(0).silent()).isOne();
        assertThat(ann.type("/ping")).isEmpty();
    }

    @Test
    void whoWantsTheNameOfADeadClientGetsItSoon() {
        LobbyWorld.Person dead = world.enter("10.0.0.1");
        dead.type("/keepalive");
        dead.type("/setNick ann");
        dead.seen();
        LobbyWorld.Person again = world.enter("10.0.0.1");
        world.pass(2);
        assertThat(again.type("/setNick ann")).startsWith("ERROR taken: ");
        assertThat(dead.seen()).isEqualTo("PING\n");
        world.pass(6);
        assertThat(again.type("/setNick ann")).startsWith("OK you are ann");
        assertThat(again.type("/keepalive")).startsWith("OK");
        LobbyWorld.Person third = world.enter("10.0.0.1");
        third.type("/setNick ann");
        again.type("/pong");
        world.pass(6);
        assertThat(third.type("/setNick ann")).as("it answered").startsWith("ERROR taken: ");
    }

    @Test
    void aMemberThatTakesNothingIsDropped() {
        LobbyWorld.Person ann = world.enter("10.0.0.1");
        ann.type("/register ann 1 a");
        ann.stalled = true;
        world.pass(1);
        assertThat(ann.dropped).isTrue();
        assertThat(world.rows()).isEmpty();
        assertThat(world.tally.snapshot(0).slowReaders()).isOne();
    }

    @Test
    void thoseWithoutANameMakeRoomForOthers() {
        List<LobbyWorld.Person> idle = new ArrayList<>();
        for (int i = 0; i <= LobbyLimits.WAITING; i++) {
            idle.add(world.enter("10.0.0.1"));
        }
        assertThat(idle.get(0).hungUp).isTrue();
        assertThat(idle.get(1).hungUp).isFalse();
        assertThat(idle.get(LobbyLimits.WAITING).type("/setNick ann")).startsWith("OK");
    }

    @Test
    void joinsAreToldInASmallLobbyAlone() {
        LobbyWorld.Person first = world.member("10.0.0.1", "first");
        for (int i = 1; i <= LobbyLimits.NOTICE_MEMBERS; i++) {
            world.member("10.0.0.2", "m" + i);
        }
        assertThat(first.seen().lines()).hasSize(LobbyLimits.NOTICE_MEMBERS - 1);
    }

    @Test
    void aLongAnswerComesInParts() {
        for (int i = 0; i < 2_000; i++) {
            world.share("10.0.0.9:6010", "carl", "a-file-with-a-longish-name-" + i + ".txt", 0);
        }
        LobbyWorld.Person ann = world.enter("10.0.0.1");
        Work work = ann.member.handle(new Order.Query("longish"), world.nowNanos());
        List<Work.Part> parts = new ArrayList<>();
        while (parts.isEmpty() || !parts.get(parts.size() - 1).last()) {
            work.next(world.nowNanos(), parts::add);
        }
        assertThat(parts.size()).isGreaterThan(4);
        assertThat(parts).allMatch(part -> part.text().length() < 2 * Listing.PART_CHARACTERS);
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(part.text()));
        assertThat(all.toString().lines()).hasSize(2_001);
        assertThat(all.toString()).endsWith("\nEND\n");
    }

    @Test
    void theLobbyClosesWithAWord() {
        LobbyWorld.Person ann = world.enter("10.0.0.1");
        ann.type("/register ann 1 a");
        world.lobby.close(world.nowNanos());
        assertThat(ann.seen()).endsWith("* the lobby closes\n");
        assertThat(ann.hungUp).isTrue();
        assertThat(world.totals()).isEqualTo(new Outcome.Totals(0, 0));
        world.registry.apply(new Command.Count(), world.nowNanos(), outcome -> {});
    }

    @Test
    void whoSaysTooMuchIsToldToWaitAndACrowdWaitsTogether() {
        LobbyWorld.Person ann = world.member("10.0.0.1", "ann");
        Pace pace = new Pace(4 * LobbyWorld.SECOND);
        Order line = new Order.Say("x");
        long waited = 0;
        for (int i = 0; i < 60; i++) {
            waited = ann.member.reserve(line, pace, world.nowNanos());
        }
        assertThat(waited / 1e9).isBetween(1.8, 2.0);
        Budget budget = new Budget();
        long atOnce = 0;
        while (budget.reserve(100, 1_000, 0) == 0) {
            atOnce += 100;
        }
        assertThat(atOnce).isBetween(8_000L, (long) LobbyLimits.SAID_BYTES_AT_ONCE);
    }
}
