package dev.spindle.engine.text;

import dev.spindle.engine.draw.Draw;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts of a provider for rows 0, 1, 2 … of a column. */
final class Texts {

    static final long SEED = 20_260_101;

    private Texts() {}

    static long hash(long row) {
        return Draw.bits(SEED, row);
    }

    static String text(TextProvider provider, long hash) {
        byte[] room = new byte[provider.maxBytes()];
        int length = provider.append(hash, room, 0);
        return new String(room, 0, length, StandardCharsets.UTF_8);
    }

    static List<String> texts(TextProvider provider, int rows) {
        List<String> texts = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            texts.add(text(provider, hash(row)));
        }
        return texts;
    }
}
