package p101.app;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Lines as if somebody typed them when they are asked for; each is shown at that moment. For one reader. */
final class TypedInput extends InputStream {
    private final Consumer<String> echo;
    private final String[] lines;
    private byte[] current = new byte[0];
    private int position;
    private int nextLine;

    /**
     * @param echo is told each line when it is read
     */
    TypedInput(Consumer<String> echo, String... lines) {
        this.echo = echo;
        this.lines = lines.clone();
    }

    @Override
    public int read() {
        if (position == current.length) {
            if (nextLine == lines.length) {
                return -1;
            }
            String line = lines[nextLine++];
            echo.accept(line);
            current = line.concat("\n").getBytes(StandardCharsets.UTF_8);
            position = 0;
        }
        return current[position++] & 0xFF;
    }
}
