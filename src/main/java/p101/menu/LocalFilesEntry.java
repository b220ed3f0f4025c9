package p101.menu;

import java.util.List;
import p101.model.Shown;
import p101.peer.LocalFile;

/** L: the files of this peer's folder. */
final class LocalFilesEntry implements MenuEntry {
    @Override
    public char letter() {
        return 'L';
    }

    @Override
    public String title() {
        return "List local files";
    }

    @Override
    public void run(MenuSession session) {
        List<LocalFile> files = session.peer().localFiles();
        for (LocalFile file : files) {
            String registered = file.isRegistered()
                    ? " (registered by " + Shown.text(file.registeredAs().value()) + ")"
                    : "";
            session.say(Shown.text(file.file().value()) + registered);
        }
        if (files.isEmpty()) {
            session.say("There are no local files");
        }
    }
}
