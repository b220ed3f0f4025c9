package p101.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Somebody else's P2P-CI program: it adds RFCs to an index, and sends one content to whoever asks by GET. */
final class TextProgram implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket uploads = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Socket index;
    private final BufferedReader answers;
    private final String content;
    private final BooleanSupplier goOn;

    /**
     * @param goOn until this holds, or for 20 s, no more than a byte now and then is sent of a content
     */
    TextProgram(InetAddress indexAddress, int indexPort, String content, BooleanSupplier goOn) throws IOException {
        this.index = new Socket(indexAddress, indexPort);
        this.index.setSoTimeout(PATIENCE_MILLIS);
        this.answers = new BufferedReader(new InputStreamReader(index.getInputStream(), StandardCharsets.UTF_8));
        this.content = content;
        this.goOn = goOn;
        Thread thread = new Thread(this::upload, "text-program");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return uploads.getLocalPort();
    }

    /** Says something that ends in a blank line to the index; gives the lines of the answer. */
    String say(String request) throws IOException {
        index.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        StringBuilder answer = new StringBuilder();
        for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
            answer.append(line).append('\n');
        }
        return answer.toString();
    }

    String add(int number, String title) throws IOException {
        return add(number, title, "127.0.0.1");
    }

    String add(int number, String title, String host) throws IOException {
        return say("ADD RFC " + number + " P2P-CI/1.0\nHost: " + host + "\nPort: " + port() + "\nTitle: " + title
                + "\n\n");
    }

    private void upload() {
        while (!uploads.isClosed()) {
            try (Socket downloader = uploads.accept()) {
                downloader.setTcpNoDelay(true);
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(downloader.getInputStream(), StandardCharsets.UTF_8));
                String line = request.readLine();
                while (line != null && !line.isEmpty()) {
                    line = request.readLine();
                }
                send(downloader.getOutputStream());
            } catch (IOException | InterruptedException ended) {
                // The next one, if there is one, is asked for above.
            }
        }
    }

    private void send(OutputStream out) throws IOException, InterruptedException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        out.write(("P2P-CI/1.0 200 OK\r\nDate: d\r\nOS: o\r\nLast-Modified: l\r\nContent-Length: " + bytes.length
                        + "\r\nContent-Type: text/plain\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        int sent = 0;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        CountDownLatch never = new CountDownLatch(1);
        while (!goOn.getAsBoolean() && sent < bytes.length && System.nanoTime() < end) {
            out.write(bytes, sent++, 1);
            never.await(20, TimeUnit.MILLISECONDS);
        }
        out.write(bytes, sent, bytes.length - sent);
    }

    @Override
    public void close() throws IOException {
        uploads.close();
        index.close();
    }
}
