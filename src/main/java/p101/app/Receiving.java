package p101.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import p101.direct.DirectHost;
import p101.direct.DirectPort;
import p101.direct.IncomingOffer;
import p101.direct.Picture;
import p101.direct.PictureHandler;
import p101.direct.PictureOffer;
import p101.loop.EventLoop;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.model.Shown;
import p101.peer.Announcement;
import p101.peer.HomeFolders;
import p101.peer.HomeLock;
import p101.peer.PeerException;

/**
 * The ports, the row at the index and the disk of somebody who receives; the loop and the disk have a thread each. What is done about an
 * offer is the host's affair.
 */
final class Receiving implements AutoCloseable {
    private static final long LEAVE_MILLIS = 3_000;
    private static final String PNG = ".png";

    /**
     * Where and as whom.
     *
     * @param index null = nobody is told
     */
    record Place(
            InetSocketAddress index, InetAddress bindOrNull, int port, HomeFolders home, PeerName name, Path folder) {}

    private final EventLoop loop = new EventLoop(System::nanoTime);
    private final ExecutorService disk = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "p101-receive-disk");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread thread = new Thread(loop::run, "p101-receive");
    private final Place place;
    private DirectPort port;
    private Announcement announcement;
    private HomeLock lock;

    private Receiving(Place place) {
        this.place = place;
        thread.setDaemon(true);
    }

    /** Opens the ports; nothing comes before {@link #start}. */
    static Receiving open(Place place, DirectHost host, Announcement.Listener listener) throws CommandFailure {
        Receiving receiving = new Receiving(place);
        boolean opened = false;
        try {
            receiving.lock = place.index() == null ? null : lock(place.home());
            receiving.port = DirectPort.open(
                    receiving.loop, new InetSocketAddress(place.bindOrNull(), place.port()), host, Randomness.secure());
            if (place.index() != null) {
                receiving.announcement = Announcement.open(
                        receiving.loop,
                        place.index(),
                        place.bindOrNull(),
                        place.home(),
                        place.name(),
                        receiving.port.port(),
                        listener);
            }
            opened = true;
            return receiving;
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.IN_USE,
                    "port " + place.port() + " cannot be used (" + Shown.text(String.valueOf(refused.getMessage()))
                            + "): choose another --port, or 0 for a free one",
                    refused);
        } catch (PeerException failure) {
            throw Failures.of(failure);
        } finally {
            if (!opened) {
                receiving.loop.close();
                receiving.disk.shutdown();
                receiving.unlock();
            }
        }
    }

    /** Who tells an index has a key in the home; who tells none keeps nothing there and needs no lock. */
    private static HomeLock lock(HomeFolders home) throws PeerException, CommandFailure {
        try {
            return HomeLock.ofReceiver(home);
        } catch (IOException broken) {
            throw new CommandFailure(
                    ExitCode.DISK,
                    "the home " + Shown.text(home.state().toString()) + " cannot be used ("
                            + Shown.text(String.valueOf(broken.getMessage())) + "): use another --home",
                    broken);
        }
    }

    private void unlock() {
        if (lock != null) {
            lock.close();
        }
    }

    void start() {
        thread.start();
    }

    int port() {
        return port.port();
    }

    /** Runs something where offers are decided. Any thread. */
    void execute(Runnable task) {
        loop.execute(task);
    }

    /** Takes a file. Loop thread. */
    void accept(IncomingOffer offer, ReceivedFile.Listener listener) {
        offer.accept(new ReceivedFile(loop, disk, place.folder(), offer.file(), listener));
    }

    /** Learns what becomes of a published picture; {@code onStored} on the disk's thread, the others on the loop's. */
    interface PictureListener {
        void onProgress(int pixels);

        void onStored(Path path, Picture picture);

        void onFailed(String why);
    }

    /** Takes a picture in the published form. Loop thread. */
    void accept(PictureOffer offer, PictureListener listener) {
        FileName name = pictureName(offer.name());
        offer.accept(new PictureHandler() {
            @Override
            public void onProgress(int pixels) {
                listener.onProgress(pixels);
            }

            @Override
            public void onPicture(Picture picture) {
                disk.execute(() -> store(name, picture, listener));
            }

            @Override
            public void onFailed(String why) {
                listener.onFailed(why);
            }
        });
    }

    private void store(FileName name, Picture picture, PictureListener listener) {
        try {
            listener.onStored(NewFile.write(place.folder(), name, PictureFiles.png(picture)), picture);
        } catch (IOException refused) {
            listener.onFailed("it cannot be written (" + Shown.text(String.valueOf(refused.getMessage())) + ")");
        }
    }

    /** The sender's name when it may be a file's, else one of ours; what comes is kept as PNG. */
    static FileName pictureName(String sent) {
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        try {
            return FileName.of((dot > 0 ? last.substring(0, dot) : last) + PNG);
        } catch (InvalidNameException refused) {
            return FileName.of("picture" + PNG);
        }
    }

    /** Runs something slow that must not hold up the loop, after what the disk has to do. Any thread. */
    void later(Runnable task) {
        disk.execute(task);
    }

    /** Takes the row back, ends what runs and frees all. */
    @Override
    public void close() {
        loop.execute(() -> {
            port.close();
            if (announcement == null) {
                loop.close();
            } else {
                announcement.leave(loop::close);
            }
        });
        try {
            thread.join(LEAVE_MILLIS);
            loop.close();
            disk.shutdown();
            disk.awaitTermination(LEAVE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            unlock();
        }
    }
}
