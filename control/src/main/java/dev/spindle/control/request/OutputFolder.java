package dev.spindle.control.request;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.pipeline.LaneCount;
import dev.spindle.engine.publish.SinkLanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The one folder that files asked for over HTTP may be in. */
public final class OutputFolder {

    private final Optional<Path> folder;

    /** No file may be asked for. */
    public static final OutputFolder NONE = new OutputFolder(Optional.empty());

    private OutputFolder(Optional<Path> folder) {
        this.folder = folder;
    }

    /**
     * A folder that is there.
     *
     * @throws ConfigurationException when it is not
     */
    public static OutputFolder at(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                return new OutputFolder(Optional.of(folder.toRealPath()));
            }
        } catch (IOException e) {
            // Told below: a folder whose real path cannot be found is none to write to.
        }
        throw new ConfigurationException(
                new Problem("--output-dir", folder.toString(), "is no folder", "a folder that is there"));
    }

    /** The file that {@code text} names in the folder; empty, with a problem added, when it may not be written. */
    Optional<Path> resolve(String field, String text, List<Problem> problems) {
        String wrong = folder.isEmpty()
                ? "is not possible: the server was started without --output-dir"
                : names(text).map(this::wrong).filter(Objects::nonNull).findFirst().orElse(null);
        if (wrong != null) {
            problems.add(new Problem(field, text, wrong, "a path inside the server's output folder"));
            return Optional.empty();
        }
        return Optional.of(folder.get().resolve(text).normalize());
    }

    /** All files that a run may write for one name: one, or one for each lane. */
    private static Stream<String> names(String text) {
        return text.contains(SinkLanes.PLACEHOLDER)
                ? IntStream.range(0, LaneCount.MOST).mapToObj(lane -> text.replace(SinkLanes.PLACEHOLDER, Integer.toString(lane)))
                : Stream.of(text);
    }

    /** Why not, or null; links are followed, so that none leads outside. */
    private String wrong(String text) {
        try {
            Path file = folder.get().resolve(text).normalize();
            Path parent = file.getParent();
            if (!file.startsWith(folder.get()) || file.equals(folder.get()) || parent == null) {
                return "is outside the output folder";
            }
            if (!Files.isDirectory(parent)) {
                return "is in a folder that is not there";
            }
            if (!parent.toRealPath().startsWith(folder.get())) {
                return "is outside the output folder";
            }
            if (Files.isSymbolicLink(file)) {
                return "is a link";
            }
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? "is no regular file"
                    : null;
        } catch (InvalidPathException | IOException e) {
            return "is no path";
        }
    }
}
