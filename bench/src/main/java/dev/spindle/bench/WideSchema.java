package dev.spindle.bench;

import java.util.List;

/** A schema file of many tables, each the child of the one before it, with columns of the usual kinds. */
final class WideSchema {

    private static final List<String> KINDS = List.of(
            "{\"type\":\"decimal\",\"scale\":2,\"generator\":{\"strategy\":\"distribution\",\"distribution\":\"log_normal\",\"mean\":3,\"sigma\":1,\"min\":1,\"max\":900}}",
            "{\"type\":\"string\",\"max_length\":20,\"generator\":{\"strategy\":\"weighted_enum\",\"values\":{\"new\":0.2,\"open\":0.5,\"closed\":0.3}}}",
            "{\"type\":\"integer\",\"generator\":{\"strategy\":\"distribution\",\"distribution\":\"uniform\",\"min\":1,\"max\":99}}",
            "{\"type\":\"string\",\"generator\":{\"strategy\":\"faker\",\"provider\":\"street_address\"}}",
            "{\"type\":\"string\",\"generator\":{\"strategy\":\"pattern\",\"format\":\"A{seq:8}-{random:4}\"}}",
            "{\"type\":\"date\",\"generator\":{\"strategy\":\"derived\",\"source\":\"at\",\"rule\":\"add_days\",\"days\":3}}",
            "{\"type\":\"float\",\"null_rate\":0.1,\"generator\":{\"strategy\":\"formula\",\"expression\":\"id * 2 + 1\"}}");

    private WideSchema() {}

    /** The text of a file with so many tables of so many columns, 5 at least. */
    static String of(int tables, int columns) {
        StringBuilder text = new StringBuilder("{\"model\":{\"name\":\"wide\"},\n\"tables\":{");
        for (int t = 0; t < tables; t++) {
            text.append(t == 0 ? "\n" : ",\n").append("\"t").append(t).append("\":{\"primary_key\":[\"id\"],\"columns\":{\n");
            text.append("\"id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}},\n");
            text.append("\"at\":{\"type\":\"timestamp\",\"generator\":{\"strategy\":\"temporal\",\"pattern\":\"seasonal\","
                    + "\"profiles\":{\"hour_of_day\":{\"peaks\":[12,20]}}}},\n");
            int parent = Math.max(0, t - 1);
            text.append("\"parent_id\":{\"type\":\"integer\",\"generator\":");
            text.append(t == 0
                    ? "{\"fixed\":1}},\n"
                    : "{\"strategy\":\"foreign_key\",\"ref\":\"t" + parent + ".id\",\"distribution\":\"pareto\"}},\n");
            text.append("\"c3\":").append(t == 0
                    ? KINDS.getFirst()
                    : "{\"type\":\"decimal\",\"scale\":2,\"generator\":{\"strategy\":\"lookup\",\"source_table\":\"t" + parent
                            + "\",\"source_column\":\"c4\",\"via\":\"parent_id\"}}");
            for (int c = 4; c < columns; c++) {
                text.append(",\n\"c").append(c).append("\":").append(KINDS.get((c - 4) % KINDS.size()));
            }
            text.append("}}");
        }
        return text.append("}}\n").toString();
    }
}
