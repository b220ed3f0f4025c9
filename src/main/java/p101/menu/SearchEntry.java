package p101.menu;

import p101.peer.Ending;
import p101.peer.Verdict;

/** S: the registered files whose name contains a text. */
final class SearchEntry implements MenuEntry {
    @Override
    public char letter() {
        return 'S';
    }

    @Override
    public String title() {
        return "Search by a part of the name";
    }

    @Override
    public void run(MenuSession session) throws EndOfInputException, InterruptedException {
        String part = session.ask("What do you want to search for?");
        if (part.isEmpty()) {
            return;
        }
        Rows rows = new Rows();
        Ending ending = session.await(session.peer().list(part, rows));
        if (!ending.isDone()) {
            session.sayEnding(ending);
        } else if (rows.isEmpty()) {
            session.say("Nothing found");
        }
        if (ending.isDone() || ending.verdict() == Verdict.MALFORMED) {
            rows.show(session, true);
        }
    }
}
