package p101.fetch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import p101.model.Endpoint;

/** All sources of the chosen content that were heard of, in the order in which they were. Loop thread. */
final class Contacts {
    /** More would only cost memory. */
    private static final int MAX_CONTACTS = 512;

    private final Map<Endpoint, Contact> byEndpoint = new LinkedHashMap<>();

    /** Adds a source, or refreshes one that is known. */
    void offer(Candidate row) {
        Contact known = byEndpoint.get(row.endpoint());
        if (known != null) {
            known.refresh(row);
        } else if (byEndpoint.size() < MAX_CONTACTS) {
            byEndpoint.put(row.endpoint(), new Contact(row));
        }
    }

    Collection<Contact> all() {
        return byEndpoint.values();
    }

    /** The first that was never asked; {@code null} when there is none. */
    Contact untried(Predicate<Contact> fits) {
        return first(contact -> contact.isUntried() && fits.test(contact));
    }

    /** The first that may be asked again now; {@code null} when there is none. */
    Contact due(long nowNanos, Predicate<Contact> fits) {
        return first(contact -> !contact.isUntried() && contact.isDue(nowNanos) && fits.test(contact));
    }

    private Contact first(Predicate<Contact> fits) {
        for (Contact contact : byEndpoint.values()) {
            if (contact.session() == null && fits.test(contact)) {
                return contact;
            }
        }
        return null;
    }

    /** Whether nobody is left who may be asked, now or later. */
    boolean isHopeless() {
        return first(contact -> contact.isUntried() || contact.isRetriable()) == null
                && byEndpoint.values().stream().allMatch(contact -> contact.session() == null);
    }

    boolean anyBusy(long nowNanos) {
        return first(contact -> contact.isBusy(nowNanos)) != null;
    }

    /** Names of those who are themselves downloading. */
    Collection<String> partialNames() {
        TreeSet<String> names = new TreeSet<>();
        for (Contact contact : byEndpoint.values()) {
            if (contact.row().isPartial() && !contact.row().peer().isNone()) {
                names.add(contact.row().peer().value());
            }
        }
        return names;
    }

    List<SourceReport> reports(long nowNanos) {
        return byEndpoint.values().stream()
                .filter(contact -> !contact.isUntried())
                .map(contact -> contact.report(nowNanos))
                .toList();
    }
}
