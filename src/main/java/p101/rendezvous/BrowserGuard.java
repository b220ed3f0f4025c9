package p101.rendezvous;

import java.util.Locale;

/**
 * Keeps web pages out. A page can have the browser of anybody who looks at it send requests to addresses in his network, and by
 * changing what its own host name points to it can read the answers too. No program needs what only browsers send, so a request
 * with that is refused when it changes something, comes from a page, or goes to a name that a page may have chosen.
 * spec/RENDEZVOUS.md, section 8. Pure functions.
 */
final class BrowserGuard {
    /** A browser sends these whatever a page wants; the first two tell that a page made the request. */
    private static final String[] MARKS = {"origin", "sec-fetch-site", "accept-language"};

    private static final String BROWSER_AGENT = "mozilla/";

    private BrowserGuard() {}

    static boolean refuses(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!isFromBrowser(headers)) {
            return false;
        }
        boolean reads = request.isMethod("GET") || request.isHead();
        return !reads || isFromPage(headers) || !isOwnHost(headers.first("host"));
    }

    private static boolean isFromBrowser(HttpHeaders headers) {
        for (String mark : MARKS) {
            if (headers.has(mark)) {
                return true;
            }
        }
        String agent = headers.first("user-agent");
        return agent != null && agent.toLowerCase(Locale.ROOT).startsWith(BROWSER_AGENT);
    }

    /** A person who types the address sends {@code none}, a page served by ourselves would send {@code same-origin}. */
    private static boolean isFromPage(HttpHeaders headers) {
        String site = headers.first("sec-fetch-site");
        return headers.has("origin") || site != null && !site.equals("none") && !site.equals("same-origin");
    }

    /** Whether the host is an address in digits, or this machine: no page can make those its own. */
    private static boolean isOwnHost(String host) {
        if (host == null) {
            return true;
        }
        if (host.startsWith("[")) {
            return true;
        }
        int colon = host.lastIndexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        return name.equalsIgnoreCase("localhost") || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }
}
