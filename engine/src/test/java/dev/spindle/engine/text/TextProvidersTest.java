package dev.spindle.engine.text;

import static dev.spindle.engine.text.Texts.hash;
import static dev.spindle.engine.text.Texts.text;
import static dev.spindle.engine.text.Texts.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextProvidersTest {

    private static final int ROWS = 20_000;
    private static final TextProviders PROVIDERS = new TextProviders();

    static Stream<String> names() {
        return TextProviders.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldMakeEveryProviderItNames(String name) {
        assertThat(PROVIDERS.find(name)).isPresent();
        assertThat(PROVIDERS.find(name)).isEqualTo(PROVIDERS.find(name));
    }

    @Test
    void shouldKnowNothingOfOtherNames() {
        assertThat(PROVIDERS.find("frist_name")).isEmpty();
        assertThat(PROVIDERS.find("")).isEmpty();
    }

    @Test
    void shouldNameEachProviderOnceAndInOrder() {
        assertThat(TextProviders.names()).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldWriteTheSameTextForTheSameHash(String name) {
        TextProvider again = new TextProviders().find(name).orElseThrow();
        for (int row = 0; row < 200; row++) {
            assertThat(text(again, hash(row))).isEqualTo(text(provider(name), hash(row)));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldStayWithinItsBytesAndTouchNoOthers(String name) {
        TextProvider provider = provider(name);
        byte[] room = new byte[provider.maxBytes() + 20];
        for (int row = 0; row < ROWS; row++) {
            Arrays.fill(room, (byte) 1);
            int length = provider.append(hash(row), room, 10);
            assertThat(length).isBetween(1, provider.maxBytes());
            for (int i = 0; i < 10; i++) {
                assertThat(room[i]).isEqualTo((byte) 1);
                assertThat(room[room.length - 1 - i]).isEqualTo((byte) 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldWriteTextThatStandsInJsonAsItIs(String name) {
        TextProvider provider = provider(name);
        byte[] room = new byte[provider.maxBytes()];
        for (int row = 0; row < ROWS; row++) {
            int length = provider.append(hash(row), room, 0);
            for (int i = 0; i < length; i++) {
                int c = room[i] & 0xFF;
                if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) {
                    throw new AssertionError(name + " wrote " + new String(room, 0, length, StandardCharsets.UTF_8));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldListOnlyEntriesThatStandInJsonAsTheyAre(String name) {
        if (provider(name) instanceof ListedText list) {
            for (int i = 0; i < list.dictionary().size(); i++) {
                String entry = list.dictionary().text(i);
                assertThat(entry).matches(TextProviders::isPlain).isEqualTo(entry.strip());
            }
            assertThat(new HashSet<>(entries(list))).hasSameSizeAs(entries(list));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            catch_phrase      ~ [A-Za-z0-9/ -]+
            city              ~ [A-Z][A-Za-z' ]+
            company           ~ [A-Z][A-Za-z', -]+
            company_email     ~ [a-z]+[._]?[a-z]*\\d+@[a-z]+-[a-z]+\\.example
            country_code      ~ [A-Z]{2}
            domain_name       ~ [a-z]+-[a-z]+\\.example
            email             ~ [a-z]+[._]?[a-z]*\\d+@([a-z]+\\.)?example\\.(com|net|org)
            first_name        ~ [A-Z][A-Za-z'-]+
            hostname          ~ [a-z]+-\\d\\d\\.[a-z]+-[a-z]+\\.example
            ipv4              ~ (10|172\\.(1[6-9]|2\\d|3[01])|192\\.168)(\\.\\d{1,3}){2,3}
            ipv4_public       ~ (192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.\\d{1,3}
            ipv6              ~ 2001:db8(:[1-9a-f][0-9a-f]{3}){6}
            job               ~ [A-Z][A-Za-z -]+
            last_name         ~ [A-Z][A-Za-z']+
            mac_address       ~ 02(:[0-9a-f]{2}){5}
            name              ~ [A-Z][A-Za-z'-]+ [A-Z][A-Za-z']+
            phone_number      ~ (\\(\\d{3}\\) 555-01\\d\\d|(\\+1-)?\\d{3}-555-01\\d\\d|\\d{3}\\.555\\.01\\d\\d)
            secondary_address ~ (Apt\\.|Suite|Unit) [1-9]\\d{0,2}
            sentence          ~ [A-Z][A-Za-z -]+\\.
            ssn               ~ 9\\d\\d-[0-4][1-9]-[1-9]\\d{3}
            state             ~ [A-Z][A-Za-z ]+
            state_abbr        ~ [A-Z]{2}
            street_address    ~ [1-9]\\d{1,4} [A-Z][A-Za-z' ]+( (Apt\\.|Suite|Unit) [1-9]\\d{0,2})?
            street_name       ~ [A-Z][A-Za-z']+ [A-Z][a-z]+
            text              ~ ([A-Z][A-Za-z -]+\\. ?){2,4}
            uri               ~ https://www\\.[a-z]+-[a-z]+\\.example/[a-z]+/[a-z]+
            url               ~ https://www\\.[a-z]+-[a-z]+\\.example/
            user_name         ~ [a-z]+[._]?[a-z]*\\d+
            uuid4             ~ [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}
            word              ~ [a-z]+
            zipcode           ~ \\d{5}
            """)
    void shouldHaveItsShape(String name, String shape) {
        assertThat(texts(provider(name), ROWS).stream().filter(text -> !text.matches(shape)).limit(5)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "first_name, 600", "last_name, 400", "name, 14000", "email, 19900", "company_email, 19900", "user_name, 19900",
        "phone_number, 15000", "street_address, 19000", "street_name, 3000", "city, 5000", "zipcode, 16000", "company, 8000",
        "url, 3000", "uri, 18000", "ssn, 19900", "ipv4, 19900", "sentence, 19500", "text, 19900", "uuid4, 20000",
        "ipv6, 20000", "job, 900", "word, 100", "state, 50", "country, 190", "catch_phrase, 19000"
    })
    void shouldVary(String name, int leastDistinct) {
        assertThat(new HashSet<>(texts(provider(name), ROWS)))
                .as("%s of %d rows, seed %d", name, ROWS, Texts.SEED)
                .hasSizeGreaterThanOrEqualTo(leastDistinct);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldAllocateNothing(String name) {
        TextProvider provider = provider(name);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] room = new byte[provider.maxBytes()];
        long length = write(provider, room, 2_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        length += write(provider, room, 10_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(length).isPositive();
        assertThat(allocated).as("bytes for 10,000 texts").isLessThan(2_000);
    }

    @Test
    void shouldWriteOnlyStatesThatAreThere() {
        assertThat(new HashSet<>(texts(provider("state_abbr"), ROWS))).hasSize(50).contains("NY", "CA", "AK");
        assertThat(new HashSet<>(texts(provider("state"), ROWS))).hasSize(50).contains("New York", "Alaska");
    }

    @Test
    void shouldWriteSomeZipCodesWithALeadingZero() {
        long zeros = texts(provider("zipcode"), ROWS).stream().filter(zip -> zip.startsWith("0")).count();
        assertThat(zeros).isBetween(ROWS * 6L / 100, ROWS * 8L / 100);
    }

    private static long write(TextProvider provider, byte[] room, int rows) {
        long length = 0;
        for (int row = 0; row < rows; row++) {
            length += provider.append(hash(row), room, 0);
        }
        return length;
    }

    private static List<String> entries(ListedText list) {
        return Stream.iterate(0, i -> i + 1)
                .limit(list.dictionary().size())
                .map(list.dictionary()::text)
                .toList();
    }

    private static TextProvider provider(String name) {
        return PROVIDERS.find(name).orElseThrow();
    }
}
