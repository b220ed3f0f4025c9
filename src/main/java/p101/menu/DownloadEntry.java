package p101.menu;

import java.util.Optional;
import p101.model.FileName;

/** D: a download by name, without the list. */
final class DownloadEntry implements MenuEntry {
    @Override
    public char letter() {
        return 'D';
    }

    @Override
    public String title() {
        return "Download a file by name";
    }

    @Override
    public void run(MenuSession session) throws EndOfInputException, InterruptedException {
        askAndDownload(session);
    }

    static void askAndDownload(MenuSession session) throws EndOfInputException, InterruptedException {
        String typed = session.ask("What file do you want to download?");
        Optional<FileName> file = FileNames.read(typed, session);
        if (file.isPresent()) {
            session.transfers().download(file.get());
        }
    }
}
