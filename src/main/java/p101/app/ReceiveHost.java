package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import p101.direct.DirectHost;
import p101.direct.DirectReason;
import p101.direct.FileOffer;
import p101.direct.IncomingOffer;
import p101.direct.IncomingText;
import p101.direct.Picture;
import p101.direct.PictureOffer;
import p101.model.PeerName;
import p101.model.Shown;

/** Shows what comes, asks about files on a terminal, decides by the rules without one. Loop thread, but for the answers. */
final class ReceiveHost implements DirectHost {
    private final Console console;
    private final ReceiveRules rules;
    private final boolean json;
    private final Runnable onReceived;
    private final PictureShow pictures;
    private final Questions questions;
    private Receiving receiving;

    ReceiveHost(Console console, ReceiveRules rules, boolean json, Runnable onReceived) {
        this.console = console;
        this.rules = rules;
        this.json = json;
        this.onReceived = onReceived;
        this.pictures = new PictureShow(console);
        this.questions = new Questions(console.messages(), System::nanoTime, decision -> receiving.execute(decision));
    }

    /** To be called once, before {@link Receiving#start}. */
    void connect(Receiving where, PeerName name) {
        receiving = where;
        if (json) {
            print(new JsonLine()
                    .add("event", "listening")
                    .add("name", name.value())
                    .add("port", where.port()));
        } else {
            console.messages()
                    .note("p101: receiving as " + Shown.text(name.value()) + " at port " + where.port()
                            + ", TCP and UDP; Ctrl-C ends it");
        }
        if (console.interactive()) {
            Thread answers = new Thread(this::readAnswers, "p101-answers");
            answers.setDaemon(true);
            answers.start();
        }
    }

    private void print(JsonLine line) {
        print(line.toString());
    }

    private synchronized void print(String line) {
        console.messages().endProgress();
        console.out().line(line);
        console.out().flush();
    }

    /** The name, if there is one, and the address. */
    static String who(PeerName name, InetSocketAddress from) {
        String address = from.getAddress().getHostAddress();
        return name.isNone() ? address : Shown.text(name.value()) + " (" + address + ")";
    }

    static String describe(IncomingOffer offer) {
        FileOffer file = offer.file();
        return who(file.sender(), offer.from()) + " offers "
                + Shown.text(file.name().value()) + ", "
                + Texts.size(file.content().size());
    }

    static String describe(PictureOffer offer) {
        return who(PeerName.NONE, offer.from()) + " offers the picture " + Shown.text(offer.name())
                + " in the published form";
    }

    @Override
    public void onText(IncomingText text, InetSocketAddress from) {
        if (json) {
            print(new JsonLine()
                    .add("event", "text")
                    .add("from", text.sender().value())
                    .add("address", from.getAddress().getHostAddress())
                    .add("published", !text.marked())
                    .add("text", text.text()));
        } else {
            text.text().lines().forEach(line -> print(who(text.sender(), from) + ": " + Shown.text(line)));
        }
        onReceived.run();
    }

    // ---- files ----

    @Override
    public void onOffer(IncomingOffer offer) {
        FileOffer file = offer.file();
        String address = offer.from().getAddress().getHostAddress();
        String what = describe(offer);
        if (rules.accepts(file, address)) {
            console.messages().note("p101: " + what + "; taken");
            take(offer);
        } else if (!console.interactive()
                || !questions.ask(offer, what, () -> answered(offer, true), () -> answered(offer, false))) {
            boolean size = rules.knows(file.sender().value(), address);
            console.messages().note("p101: " + what + "; refused (--accept, --max-size)");
            refuse(offer, size ? DirectReason.TOO_LARGE : DirectReason.DECLINED);
        }
    }

    /** What a person said. An offer that went between the answer and now was told of by {@link #onWithdrawn}. */
    private void answered(IncomingOffer offer, boolean yes) {
        if (!offer.isOpen()) {
            return;
        }
        if (yes) {
            take(offer);
        } else {
            refuse(offer, DirectReason.DECLINED);
        }
    }

    @Override
    public void onWithdrawn(IncomingOffer offer) {
        String who = who(offer.file().sender(), offer.from());
        String name = Shown.text(offer.file().name().value());
        questions.takeBack(
                offer,
                offer.reasonOrNull() == DirectReason.UNDECIDED
                        ? name + " from " + who + " was refused: nobody decided in time"
                        : who + " withdrew " + name);
    }

    private void refuse(IncomingOffer offer, DirectReason reason) {
        offer.refuse(reason);
        if (json) {
            print(event("refused", offer).add("reason", reason.text()));
        }
    }

    private static JsonLine event(String event, IncomingOffer offer) {
        FileOffer file = offer.file();
        return new JsonLine()
                .add("event", event)
                .add("from", file.sender().value())
                .add("address", offer.from().getAddress().getHostAddress())
                .add("name", file.name().value())
                .add("size", file.content().size());
    }

    private void take(IncomingOffer offer) {
        ProgressText progress =
                new ProgressText(console.messages(), offer.file().name().value());
        receiving.accept(offer, new ReceivedFile.Listener() {
            @Override
            public void onProgress(long doneBytes, long totalBytes) {
                progress.show(doneBytes, totalBytes);
            }

            @Override
            public void onEnd(Path pathOrNull, boolean wasHere, DirectReason reasonOrNull) {
                if (pathOrNull == null) {
                    failed(offer, reasonOrNull);
                } else {
                    receiving.later(() -> stored(offer, pathOrNull, wasHere));
                }
            }
        });
    }

    private void failed(IncomingOffer offer, DirectReason reason) {
        if (json) {
            print(event("failed", offer).add("reason", reason.text()));
        } else {
            console.messages()
                    .error(Shown.text(offer.file().name().value()) + ": " + reason.text()
                            + "; when it is sent again it goes on where it stopped");
        }
    }

    /** On the disk's thread. */
    private void stored(IncomingOffer offer, Path path, boolean wasHere) {
        FileOffer file = offer.file();
        if (json) {
            print(event("file", offer)
                    .add("path", path.toString())
                    .add("root", file.content().root().toString())
                    .add("already_there", wasHere));
        } else {
            String stored = Shown.text(path.getFileName().toString());
            print(stored + ": " + Texts.size(file.content().size()) + " from " + who(file.sender(), offer.from())
                    + (wasHere ? ", is here already with this very content" : ", verified"));
            draw(pictures.of(path));
        }
        onReceived.run();
    }

    private synchronized void draw(String picture) {
        console.out().text(picture);
        console.out().flush();
    }

    // ---- published pictures ----

    @Override
    public void onPicture(PictureOffer offer) {
        String what = describe(offer);
        if (rules.knows("", offer.from().getAddress().getHostAddress())) {
            console.messages().note("p101: " + what + "; taken");
            take(offer);
        } else if (!console.interactive() || !questions.ask(offer, what, () -> answered(offer), offer::refuse)) {
            console.messages().note("p101: " + what + "; refused (--accept)");
            offer.refuse();
        }
    }

    @Override
    public void onPictureGone(PictureOffer offer) {
        questions.takeBack(offer, "the sender of the picture " + Shown.text(offer.name()) + " is gone");
    }

    private void answered(PictureOffer offer) {
        if (offer.isOpen()) {
            take(offer);
        } else {
            console.messages().note("p101: " + Shown.text(offer.name()) + ": its sender is gone");
        }
    }

    private void take(PictureOffer offer) {
        receiving.accept(offer, new Receiving.PictureListener() {
            @Override
            public void onProgress(int pixels) {
                console.messages().progress(Shown.text(offer.name()) + "  " + pixels + " pixels");
            }

            @Override
            public void onStored(Path path, Picture picture) {
                storedPicture(offer, path, picture);
            }

            @Override
            public void onFailed(String why) {
                console.messages().error(Shown.text(offer.name()) + ": " + why);
            }
        });
    }

    private void storedPicture(PictureOffer offer, Path path, Picture picture) {
        if (json) {
            print(new JsonLine()
                    .add("event", "file")
                    .add("from", "")
                    .add("address", offer.from().getAddress().getHostAddress())
                    .add("name", offer.name())
                    .add("width", picture.width())
                    .add("height", picture.height())
                    .add("path", path.toString()));
        } else {
            print(Shown.text(path.getFileName().toString()) + ": " + picture.width() + " x " + picture.height()
                    + " from " + who(PeerName.NONE, offer.from()) + ", in the published form, not verified");
            draw(pictures.of(picture));
        }
        onReceived.run();
    }

    // ---- questions ----

    private void readAnswers() {
        try {
            for (String line = readLine(); line != null; line = readLine()) {
                questions.answer(line.strip());
            }
        } catch (IOException closed) {
            // Nobody answers any more; offers time out.
        }
    }

    private String readLine() throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        int next = console.in().read();
        while (next >= 0 && next != '\n') {
            if (line.size() < 80) {
                line.write(next);
            }
            next = console.in().read();
        }
        return next < 0 && line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
    }
}
