package dev.spindle.bench.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Free memory for a RAM disk in pieces so small that nobody takes it away.
 *
 * <p>The host of a virtual machine may take back what is free for a second or two (Linux: free page reporting, in blocks of
 * 2 MiB and more). To write there costs up to six times as much then, and which of several programs meets that hangs on
 * what was deleted when. So two files are written, a piece of one and a piece of the other in turn; one is deleted, and
 * the other keeps the pieces between apart until this is closed.
 */
final class LooseMemory implements AutoCloseable {

    private static final int PIECE_BYTES = 1 << 16;

    private final FileChannel between;

    private LooseMemory(FileChannel between) {
        this.between = between;
    }

    /** So many bytes of it on a folder's RAM disk, which needs room for twice as many; none where the folder is on a disk. */
    static LooseMemory on(Path folder, long bytes) throws IOException {
        FileChannel between = fleeting(folder.resolve("between"));
        LooseMemory memory = new LooseMemory(between);
        try {
            if (Files.getFileStore(folder).type().equals("tmpfs")) {
                write(folder.resolve("loose"), between, bytes);
            }
            return memory;
        } catch (IOException e) {
            memory.close();
            throw e;
        }
    }

    private static void write(Path loose, FileChannel between, long bytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        try (FileChannel channel = fleeting(loose)) {
            for (long written = 0; written < bytes; written += PIECE_BYTES) {
                channel.write(piece.clear());
                between.write(piece.clear());
            }
        }
    }

    /** A file that goes when it is closed, or the process ends in whatever way: it has no name from the beginning. */
    private static FileChannel fleeting(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void close() throws IOException {
        between.close();
    }
}
