package p101.menu;

import java.util.Optional;
import p101.model.FileName;
import p101.peer.Ending;

/** T: takes a file back, under whichever name it was registered. */
final class DeregisterEntry implements MenuEntry {
    @Override
    public char letter() {
        return 'T';
    }

    @Override
    public String title() {
        return "De-register a file";
    }

    @Override
    public void run(MenuSession session) throws EndOfInputException, InterruptedException {
        String typed = session.ask("What file do you want to de-register with the Index Server?");
        Optional<FileName> file = FileNames.read(typed, session);
        if (file.isEmpty()) {
            return;
        }
        Ending ending = session.await(session.peer().deregisterFile(file.get()));
        switch (ending.verdict()) {
            case DONE -> session.say("Successfully De-Registered");
            case NOT_FOUND, NOT_YOURS -> {
                session.say("File doesn't exist or is not associated with this User");
                session.say("--->NOTE only the Peer who registered the file can remove it from the Server");
            }
            default -> session.sayEnding(ending);
        }
    }
}
