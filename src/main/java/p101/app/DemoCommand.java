package p101.app;

import java.util.List;

/** {@code p101 demo}. */
final class DemoCommand implements Command {
    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "Show the main job on this machine: share, list, find, fetch, verify.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        return ExitCode.FAILED;
    }
}
