package dev.spindle.engine.column;

import dev.spindle.engine.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An immutable list of texts, each held as UTF-8 and as the JSON string that is written to events. */
public final class Dictionary {

    /** Readable bytes behind the last entry, so that a copy in whole 32-byte steps stays inside the array. */
    public static final int SLACK = 32;

    private final List<String> texts;
    private final Map<String, Integer> indexes;
    private final byte[] raw;
    private final int[] rawStarts;
    private final byte[] json;
    private final int[] jsonStarts;

    /** A dictionary whose index i is {@code texts.get(i)}; repeated texts keep their places. */
    public Dictionary(List<String> texts) {
        this.texts = List.copyOf(texts);
        this.indexes = HashMap.newHashMap(texts.size());
        List<byte[]> rawEntries = new ArrayList<>(texts.size());
        List<byte[]> jsonEntries = new ArrayList<>(texts.size());
        for (String text : texts) {
            indexes.putIfAbsent(text, rawEntries.size());
            rawEntries.add(text.getBytes(StandardCharsets.UTF_8));
            jsonEntries.add(JsonText.quoted(text).getBytes(StandardCharsets.UTF_8));
        }
        this.rawStarts = starts(rawEntries);
        this.jsonStarts = starts(jsonEntries);
        this.raw = joined(rawEntries, rawStarts);
        this.json = joined(jsonEntries, jsonStarts);
    }

    /** This dictionary with {@code more} texts behind its own; those it has already are not added. */
    public Dictionary with(List<String> more) {
        List<String> all = new ArrayList<>(texts);
        for (String text : more) {
            if (!indexes.containsKey(text) && !all.contains(text)) {
                all.add(text);
            }
        }
        return new Dictionary(all);
    }

    public int size() {
        return texts.size();
    }

    public String text(int index) {
        return texts.get(index);
    }

    /** The first index of {@code text}, or -1. */
    public int indexOf(String text) {
        return indexes.getOrDefault(text, -1);
    }

    /** All entries' UTF-8 bytes, one behind the other, with {@link #SLACK} bytes behind the last. */
    public byte[] raw() {
        return raw;
    }

    /** Where entry {@code index} starts in {@link #raw()}; entry {@code index + 1} starts where it ends. */
    public int rawStart(int index) {
        return rawStarts[index];
    }

    /** All entries as JSON strings with their quotes, one behind the other, with {@link #SLACK} bytes behind. */
    public byte[] json() {
        return json;
    }

    /** Where entry {@code index} starts in {@link #json()}; entry {@code index + 1} starts where it ends. */
    public int jsonStart(int index) {
        return jsonStarts[index];
    }

    private static int[] starts(List<byte[]> entries) {
        int[] starts = new int[entries.size() + 1];
        for (int i = 0; i < entries.size(); i++) {
            starts[i + 1] = starts[i] + entries.get(i).length;
        }
        return starts;
    }

    private static byte[] joined(List<byte[]> entries, int[] starts) {
        byte[] all = new byte[starts[entries.size()] + SLACK];
        for (int i = 0; i < entries.size(); i++) {
            System.arraycopy(entries.get(i), 0, all, starts[i], entries.get(i).length);
        }
        return all;
    }
}
