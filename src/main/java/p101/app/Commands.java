package p101.app;

import java.util.List;

/** The names of all commands; a command's class is loaded when it is asked for. */
final class Commands {
    static final List<String> NAMES = List.of(
            "index",
            "peer",
            "share",
            "unshare",
            "ls",
            "find",
            "get",
            "status",
            "root",
            "decode",
            "p2pci",
            "rendezvous",
            "chat",
            "overlay",
            "send",
            "receive",
            "demo",
            "completion");

    private Commands() {}

    /** The command of this name; null when there is none. */
    static Command named(String name) {
        return switch (name) {
            case "index" -> new IndexCommand();
            case "peer" -> new PeerCommand();
            case "share" -> new ShareCommand();
            case "unshare" -> new UnshareCommand();
            case "ls" -> new ListCommand();
            case "find" -> new FindCommand();
            case "get" -> new GetCommand();
            case "status" -> new StatusCommand();
            case "root" -> new RootCommand();
            case "decode" -> new DecodeCommand();
            case "p2pci" -> new P2pciCommand();
            case "rendezvous" -> new RendezvousCommand();
            case "chat" -> new ChatCommand();
            case "overlay" -> new OverlayCommand();
            case "send" -> new SendCommand();
            case "receive" -> new ReceiveCommand();
            case "demo" -> new DemoCommand();
            case "completion" -> new CompletionCommand();
            default -> null;
        };
    }

    static List<Command> all() {
        return NAMES.stream().map(Commands::named).toList();
    }

    /** The name that was probably meant; null when none is near. */
    static String nearest(String typed) {
        String best = null;
        int bestDistance = 3;
        for (String name : NAMES) {
            int distance = distance(typed, name);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = name;
            }
        }
        return best;
    }

    /** Letters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
