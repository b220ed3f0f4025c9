package p101.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import p101.control.ControlAnswer;
import p101.control.ControlHandler;
import p101.control.ControlRequest;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.peer.Ending;
import p101.peer.Peer;
import p101.peer.PeerStatus;
import p101.peer.Verdict;

/** What a running peer answers on its control socket. Any thread. */
record PeerControl(Peer peer, String index) implements ControlHandler {
    private static final int DEREGISTER_SECONDS = 8;

    @Override
    public ControlAnswer handle(ControlRequest request) {
        return switch (request.verb()) {
            case ControlQuestions.STATUS -> ControlAnswer.of(fields(peer.status(), index));
            case ControlQuestions.UNSHARE -> unshare(request.argument());
            default -> ControlAnswer.failed("a peer cannot be asked to " + request.verb());
        };
    }

    /** How this process stands, for {@code status}. */
    static Map<String, String> fields(PeerStatus status, String index) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("pid", Long.toString(ProcessHandle.current().pid()));
        fields.put("name", status.name().value());
        fields.put("port", Integer.toString(status.port()));
        fields.put("index", index);
        fields.put("index_answers", status.indexSilent() ? "no" : "yes");
        fields.put("lease_seconds", Integer.toString(status.leaseSeconds()));
        fields.put("shared_files", Integer.toString(status.sharedFiles()));
        fields.put("registered", Integer.toString(status.registeredRows()));
        fields.put("waiting", Integer.toString(status.waitingRows()));
        return fields;
    }

    /** The argument is an absolute path, LF, and the word that the user typed. */
    private ControlAnswer unshare(String argument) {
        int separator = argument.indexOf('\n');
        String path = separator < 0 ? argument : argument.substring(0, separator);
        String word = argument.substring(separator + 1);
        try {
            if (peer.unshare(Path.of(path))) {
                return ControlAnswer.done(word + ": no longer shared");
            }
            return unshareName(FileName.of(word), word);
        } catch (InvalidNameException notAName) {
            return notShared(word);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return ControlAnswer.failed("the peer is ending");
        }
    }

    private ControlAnswer unshareName(FileName file, String word) throws InterruptedException {
        try {
            Ending ending = peer.deregisterFile(file).get(DEREGISTER_SECONDS, TimeUnit.SECONDS);
            if (ending.verdict() == Verdict.NOT_FOUND) {
                return notShared(word);
            }
            return ending.isDone()
                    ? ControlAnswer.done(word + ": no longer shared")
                    : ControlAnswer.failed(word + ": " + ending.verdict() + " " + ending.text());
        } catch (TimeoutException | ExecutionException slow) {
            return ControlAnswer.done(word + ": no longer shared; the index has not confirmed yet");
        }
    }

    private static ControlAnswer notShared(String word) {
        return ControlAnswer.failed(word + " is not shared: name it as it was given to share, or as ls shows it");
    }
}
