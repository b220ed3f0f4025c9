package p101.menu;

import java.util.Optional;
import p101.model.FileName;
import p101.model.Shown;
import p101.peer.Ending;

/** R: registers a file of this peer's folder; when the user name is taken, under another one from then on. */
final class RegisterEntry implements MenuEntry {
    @Override
    public char letter() {
        return 'R';
    }

    @Override
    public String title() {
        return "Register a file";
    }

    @Override
    public void run(MenuSession session) throws EndOfInputException, InterruptedException {
        String typed = session.ask("What file do you want to register with the Index Server?");
        Optional<FileName> file = FileNames.read(typed, session);
        if (file.isEmpty()) {
            return;
        }
        while (true) {
            Ending ending = session.awaitRegistered(session.peer().registerFile(file.get()));
            switch (ending.verdict()) {
                case DONE -> session.say("Successfully Registered");
                case NOT_FOUND ->
                    session.say("File Request does not exist: there is no local file "
                            + Shown.text(file.get().value()));
                case CONFLICT -> {
                    session.say("File associated with another User --> Pick another user name");
                    session.changeName();
                    continue;
                }
                default -> session.sayEnding(ending);
            }
            return;
        }
    }
}
