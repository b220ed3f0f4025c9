package p101.rendezvous;

import java.util.Locale;

/**
 * One request as it was sent.
 *
 * @param method the token, in the sender's own letters
 * @param target absolute-form or origin-form, as it stood in the request line
 * @param minor 0 or more: the version is HTTP/1.minor
 * @param body empty when there is none
 */
record HttpRequest(String method, String target, int minor, HttpHeaders headers, byte[] body) {
    private static final String[] SCHEMES = {"http://", "https://"};

    /** The path, without scheme, authority, query and fragment; its escapes as they were. */
    String path() {
        int start = pathStart();
        int end = target.length();
        for (int i = start; i < target.length(); i++) {
            if (target.charAt(i) == '?' || target.charAt(i) == '#') {
                end = i;
                break;
            }
        }
        return target.substring(start, end);
    }

    /** The query without its question mark; empty when there is none. */
    String query() {
        int mark = target.indexOf('?');
        int fragment = target.indexOf('#');
        if (mark < 0 || fragment >= 0 && fragment < mark) {
            return "";
        }
        return target.substring(mark + 1, fragment < 0 ? target.length() : fragment);
    }

    private int pathStart() {
        String lower = target.toLowerCase(Locale.ROOT);
        for (String scheme : SCHEMES) {
            if (lower.startsWith(scheme)) {
                int slash = target.indexOf('/', scheme.length());
                return slash < 0 ? target.length() : slash;
            }
        }
        return 0;
    }

    boolean isMethod(String name) {
        return method.equals(name);
    }

    /** Whether the method is POST as published peers write it, {@code Post}, or as everybody else does. */
    boolean isPost() {
        return method.equalsIgnoreCase("POST");
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether the connection may stay for a further request, by the rules of the request's version. */
    boolean wantsKeptOpen() {
        return !headers.hasWord("connection", "close") && (minor > 0 || asksToKeepOpen());
    }

    /** Whether the request says so itself. */
    boolean asksToKeepOpen() {
        return headers.hasWord("connection", "keep-alive");
    }
}
