package dev.spindle.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several tables in one stream, whole. */
class ManyTablesTest {

    @ParameterizedTest
    @ValueSource(strings = {"retail", "iot", "payments", "clickstream", "telecom"})
    void shouldInterleaveAllTablesOfADomain(String domain) {
        Schema schema = Domains.named(domain);
        List<String> tables = new ArrayList<>(schema.tables().keySet());
        assertThat(new InterleavedTables(schema, "small", tables).broken()).isEmpty();
    }
}
