package p101.menu;

import p101.peer.Ending;
import p101.peer.Verdict;

/** O: everything that is registered, then a file to download. */
final class OnlineListEntry implements MenuEntry {
    @Override
    public char letter() {
        return 'O';
    }

    @Override
    public String title() {
        return "Get online list";
    }

    @Override
    public void run(MenuSession session) throws EndOfInputException, InterruptedException {
        Rows rows = new Rows();
        Ending ending = session.await(session.peer().list("", rows));
        if (!ending.isDone()) {
            session.sayEnding(ending);
            if (rows.isEmpty() || ending.verdict() != Verdict.MALFORMED) {
                return;
            }
        } else if (rows.isEmpty()) {
            session.say("List is Empty---Nothing to download");
            return;
        }
        rows.show(session, false);
        session.say("List Download Complete");
        DownloadEntry.askAndDownload(session);
    }
}
