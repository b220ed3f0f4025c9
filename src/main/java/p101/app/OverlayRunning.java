package p101.app;

import p101.overlay.OverlayNode;
import p101.overlay.OverlayRoot;

/** A root or node at work. Loop thread. */
interface OverlayRunning {
    boolean isBusy();

    boolean isUnsent();

    void say(String text);

    /** Shows the tree, as far as it is known here. */
    void showTree();

    /** What keeps it from being of use, for the user; {@code null} = nothing. */
    String trouble();

    static OverlayRunning of(OverlayRoot root, OverlayPrinter printer) {
        return new OverlayRunning() {
            @Override
            public boolean isBusy() {
                return root.isBusy();
            }

            @Override
            public boolean isUnsent() {
                return root.isUnsent();
            }

            @Override
            public void say(String text) {
                root.say(text);
            }

            @Override
            public void showTree() {
                printer.tree(root.tree());
            }

            @Override
            public String trouble() {
                return null;
            }
        };
    }

    static OverlayRunning of(OverlayNode node) {
        return new OverlayRunning() {
            @Override
            public boolean isBusy() {
                return node.isBusy();
            }

            @Override
            public boolean isUnsent() {
                return node.isUnsent();
            }

            @Override
            public void say(String text) {
                node.say(text);
            }

            @Override
            public void showTree() {
                // A node knows its neighbours alone, and tells of each change.
            }

            @Override
            public String trouble() {
                return node.parent() != null
                        ? null
                        : "the root has given this node no place in its tree yet: check --join, and whether that root speaks"
                                + " the other form (--binary, --ascii)";
            }
        };
    }
}
