package p101.app;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import p101.direct.DirectHost;
import p101.direct.DirectReason;
import p101.direct.IncomingOffer;
import p101.direct.IncomingText;
import p101.direct.Picture;
import p101.direct.PictureOffer;
import p101.menu.EndOfInputException;
import p101.menu.MenuSession;
import p101.model.PeerName;
import p101.model.Shown;

/** What has come straight from other peers, or is offered by them, kept until the menu asks. Loop thread, but for {@link #view}. */
final class MenuArrivals implements DirectHost {
    private static final int MOST_KEPT = 200;
    private static final long PATIENCE_SECONDS = 2;

    private final Consumer<String> notices;
    private final PictureShow pictures;
    private final Deque<Arrival> received = new ArrayDeque<>();
    private final Deque<Waiting> offers = new ArrayDeque<>();
    private Receiving receiving;

    /** @param pathOrNull a file that may be a picture to show */
    private record Arrival(String line, Path pathOrNull) {}

    /**
     * Something that a person is to be asked about.
     *
     * @param open whether its sender still waits; loop thread, as the others
     */
    private record Waiting(Object offer, String text, BooleanSupplier open, Runnable take, Runnable refuse) {}

    /**
     * @param notices shows a line above the next menu
     */
    MenuArrivals(Consumer<String> notices, PictureShow pictures) {
        this.notices = notices;
        this.pictures = pictures;
    }

    /** To be called once, before {@link Receiving#start}. */
    void connect(Receiving where) {
        receiving = where;
    }

    /** Shows what came, pictures too where a terminal can, and asks about what is offered. Menu thread. */
    void view(MenuSession session) throws EndOfInputException {
        for (Arrival arrival = pollReceived(); arrival != null; arrival = pollReceived()) {
            session.say(arrival.line());
            if (arrival.pathOrNull() != null) {
                pictures.of(arrival.pathOrNull()).lines().forEach(session::say);
            }
        }
        forgetClosed();
        for (Waiting waiting = pollOffer(); waiting != null; waiting = pollOffer()) {
            boolean taken = session.ask(waiting.text() + ". Take it? (y/n)").equalsIgnoreCase("y");
            receiving.execute(taken ? waiting.take() : waiting.refuse());
        }
    }

    private synchronized Arrival pollReceived() {
        return received.poll();
    }

    private synchronized Waiting pollOffer() {
        return offers.poll();
    }

    /** Nobody is asked about a picture whose sender has given up: unlike a file's, it is not withdrawn. */
    private void forgetClosed() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        receiving.execute(() -> {
            removeClosed();
            done.complete(null);
        });
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            // Then it is told after the answer.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void removeClosed() {
        offers.removeIf(waiting -> !waiting.open().getAsBoolean());
    }

    private synchronized void keep(String line, Path pathOrNull) {
        if (received.size() == MOST_KEPT) {
            received.poll();
        }
        received.add(new Arrival(line, pathOrNull));
    }

    private synchronized void add(Waiting waiting) {
        removeClosed();
        offers.add(waiting);
        notices.accept(waiting.text() + " (V)");
    }

    @Override
    public void onText(IncomingText text, InetSocketAddress from) {
        String address = from.getAddress().getHostAddress();
        String who = text.sender().isNone() ? address : Shown.text(text.sender().value());
        text.text().lines().forEach(line -> keep(who + ": " + Shown.text(line), null));
        notices.accept("a text has come from " + who + " (V)");
    }

    // ---- files ----

    @Override
    public void onOffer(IncomingOffer offer) {
        String text = ReceiveHost.describe(offer);
        add(new Waiting(offer, text, () -> true, () -> take(offer), () -> offer.refuse(DirectReason.DECLINED)));
    }

    @Override
    public synchronized void onWithdrawn(IncomingOffer offer) {
        offers.removeIf(waiting -> waiting.offer() == offer);
    }

    private void take(IncomingOffer offer) {
        String name = Shown.text(offer.file().name().value());
        String who = ReceiveHost.who(offer.file().sender(), offer.from());
        receiving.accept(offer, new ReceivedFile.Listener() {
            @Override
            public void onProgress(long doneBytes, long totalBytes) {
                // The end is told above the next menu.
            }

            @Override
            public void onEnd(Path pathOrNull, boolean wasHere, DirectReason reasonOrNull) {
                if (pathOrNull == null) {
                    notices.accept(name + " did not come: " + reasonOrNull.text());
                } else {
                    stored(pathOrNull, " from " + who + (wasHere ? ", is here already" : ", verified"));
                }
            }
        });
    }

    private void stored(Path path, String how) {
        String name = Shown.text(path.getFileName().toString());
        keep(name + how, path);
        notices.accept("received " + name + " (V)");
    }

    // ---- published pictures ----

    @Override
    public void onPicture(PictureOffer offer) {
        add(new Waiting(offer, ReceiveHost.describe(offer), offer::isOpen, () -> take(offer), offer::refuse));
    }

    @Override
    public synchronized void onPictureGone(PictureOffer offer) {
        offers.removeIf(waiting -> waiting.offer() == offer);
    }

    private void take(PictureOffer offer) {
        String name = Shown.text(offer.name());
        receiving.accept(offer, new Receiving.PictureListener() {
            @Override
            public void onProgress(int pixels) {
                // The end is told above the next menu.
            }

            @Override
            public void onStored(Path path, Picture picture) {
                stored(
                        path,
                        " from " + ReceiveHost.who(PeerName.NONE, offer.from())
                                + ", in the published form, not verified");
            }

            @Override
            public void onFailed(String why) {
                notices.accept(name + " did not come: " + why);
            }
        });
    }
}
