package p101.app;

import p101.control.ControlAnswer;
import p101.control.ControlHandler;
import p101.control.ControlRequest;
import p101.peer.GetSession;

/** What a {@code get --keep-sharing} answers on its control socket. Any thread. */
record GetControl(GetSession session, String index) implements ControlHandler {
    @Override
    public ControlAnswer handle(ControlRequest request) {
        return request.verb().equals(ControlQuestions.STATUS)
                ? ControlAnswer.of(PeerControl.fields(session.status(), index))
                : ControlAnswer.failed("a get cannot be asked to " + request.verb());
    }
}
