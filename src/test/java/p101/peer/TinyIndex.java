package p101.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import p101.model.FileName;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;

/** Just enough of an index for one owner: rows with their tx, no leases, no cookies but one. */
final class TinyIndex {
    static final int COOKIE = 77;

    private final ClientRig rig;
    final Map<FileName, Integer> rows = new TreeMap<>();
    final Map<FileName, Advert> adverts = new HashMap<>();

    /** Every request that it has served, in order. */
    final List<Pdu.Request> served = new ArrayList<>();

    /** File names that somebody else holds. */
    final List<FileName> taken = new ArrayList<>();

    boolean answers = true;

    /** Tells a wrong sum for ever. */
    boolean neverAgrees;

    private int next;

    TinyIndex(ClientRig rig) {
        this.rig = rig;
    }

    /** Answers what was sent since the last call, and what is sent because of the answers. */
    void serve() {
        while (next < rig.sent.size()) {
            Pdu.Request request = rig.sent.get(next++);
            if (answers) {
                served.add(request);
                answer(request);
            }
        }
    }

    private void answer(Pdu.Request request) {
        if (request.cookie() != COOKIE) {
            rig.answer(new Pdu.Refused(
                    request.tx(), COOKIE, ClientRig.OWNER.key(), ErrorCode.COOKIE, 0, 0, "again with this"));
        } else if (request instanceof Pdu.Register register) {
            if (taken.contains(register.file())) {
                rig.answer(ClientRig.refused(request, ClientRig.OWNER.key(), ErrorCode.CONFLICT));
                return;
            }
            if (!register.file().isNone()) {
                rows.put(register.file(), register.tx());
                adverts.put(
                        register.file(),
                        new Advert(
                                register.peer(),
                                register.file(),
                                register.rowFlags(),
                                register.size(),
                                register.content()));
            }
            accept(request);
        } else if (request instanceof Pdu.Deregister remove) {
            if (remove.file().isNone()) {
                rows.values().removeIf(tx -> tx < remove.tx());
            } else {
                rows.remove(remove.file());
            }
            accept(request);
        }
    }

    private void accept(Pdu.Request request) {
        int sum = rows.values().stream().mapToInt(tx -> tx).sum();
        rig.answer(new Pdu.Accepted(
                request.tx(),
                COOKIE,
                ClientRig.OWNER.key(),
                60,
                request.tx(),
                rows.size(),
                neverAgrees ? sum + 1 : sum,
                ""));
    }
}
