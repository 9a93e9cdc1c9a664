package dev.spindle.control.cli;

import dev.spindle.engine.ResultJson;
import dev.spindle.engine.StreamResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A result in a file: whole or not at all, where the file system can do that. */
final class ResultFile {

    private ResultFile() {}

    static void write(Path file, StreamResult result) throws IOException {
        String json = ResultJson.indented(result);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, json); // a device or a pipe: there is nothing to replace
            return;
        }
        // A link goes on pointing to the file that is replaced.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path draft = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(draft, json);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
