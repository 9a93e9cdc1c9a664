package dev.spindle.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ListFileTest {

    @ParameterizedTest
    @CsvSource({
        "name, name.male_first_name", "name, name.female_first_name", "name, name.last_name", "name, name.prefix",
        "name, name.suffix", "address, address.city_prefix", "address, address.city_suffix", "address, address.state",
        "address, address.state_abbr", "address, address.country_code", "country, country.name",
        "company, company.suffix", "company, company.buzzwords.0", "company, company.buzzwords.1",
        "company, company.buzzwords.2",
        "job, job.field", "job, job.position", "internet, internet.user_agent.chrome",
        "internet, internet.user_agent.firefox", "internet, internet.user_agent.safari"
    })
    void shouldReadWhatAYamlParserReads(String file, String key) throws IOException {
        assertThat(ListFile.read(file).list(key)).isEqualTo(parsed(file, key));
    }

    @Test
    void shouldSayWhichFileIsMissing() {
        assertThatThrownBy(() -> ListFile.read("no_such"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("/en/no_such.yml");
    }

    @Test
    void shouldSayWhichListIsMissing() {
        ListFile file = ListFile.read("job");
        assertThatThrownBy(() -> file.list("job.salary"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("job.salary");
    }

    private static List<?> parsed(String file, String key) throws IOException {
        try (InputStream in = ListFile.class.getResourceAsStream("/en/" + file + ".yml")) {
            Object node = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            for (String step : ("en.faker." + key).split("\\.")) {
                node = node instanceof Map<?, ?> map ? map.get(step) : ((List<?>) node).get(Integer.parseInt(step));
            }
            return (List<?>) node;
        }
    }
}
