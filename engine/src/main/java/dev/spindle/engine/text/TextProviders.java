package dev.spindle.engine.text;

import static dev.spindle.engine.text.Sentences.joined;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The providers of the {@code faker} strategy, by the names that they have in Python's faker. Each is made when it is
 * first asked for, and its word files are read then; ask one instance for all the columns of a run.
 *
 * <p>Load tests send what this writes to real systems, so none of it may belong to anybody:
 *
 * <ul>
 *   <li>e-mail addresses, hosts and URLs end in {@code example.com}, {@code .net}, {@code .org} or {@code .example},
 *       which RFC 2606 reserves: no mail to them is ever delivered to a person;
 *   <li>telephone numbers are 555-0100 to 555-0199 of some area, set aside for fiction;
 *   <li>social security numbers begin with 9, which is never issued, and have a group below 50, where no taxpayer
 *       number (ITIN) is;
 *   <li>IPv4 addresses are private (RFC 1918), or of the documentation ranges (RFC 5737) for {@code ipv4_public}; IPv6
 *       addresses of the documentation range (RFC 3849); MAC addresses are locally administered.
 * </ul>
 *
 * <p>Not safe for use by several threads; the providers that it gives are.
 */
public final class TextProviders {

    private static final List<String> NAMES = List.of(
            "catch_phrase", "city", "city_prefix", "city_suffix", "company", "company_email", "company_suffix",
            "country", "country_code", "domain_name", "domain_word", "email", "first_name", "first_name_female",
            "first_name_male", "hostname", "ipv4", "ipv4_private", "ipv4_public", "ipv6", "job", "last_name",
            "mac_address", "name", "name_female", "name_male", "paragraph", "phone_number", "postcode", "prefix",
            "safe_email", "secondary_address", "sentence", "ssn", "state", "state_abbr", "street_address",
            "street_name", "street_suffix", "suffix", "text", "uri", "url", "user_agent", "user_name", "uuid4", "word",
            "zipcode");

    private final Map<String, ListFile> files = new HashMap<>();
    private final Map<String, TextProvider> made = new HashMap<>();

    /** The names of all providers, in alphabetical order. */
    public static List<String> names() {
        return NAMES;
    }

    /** The provider called {@code name}; the same object each time. */
    public Optional<TextProvider> find(String name) {
        return NAMES.contains(name) ? Optional.of(get(name)) : Optional.empty();
    }

    private TextProvider get(String name) {
        TextProvider provider = made.get(name);
        if (provider == null) {
            provider = make(name);
            made.put(name, provider);
        }
        return provider;
    }

    private TextProvider make(String name) {
        return switch (name) {
            case "first_name" -> CommonNames.either(names("first_name_male"), names("first_name_female"));
            case "first_name_male" -> CommonNames.given(CommonNames.MALE, texts("name", "name.male_first_name"));
            case "first_name_female" -> CommonNames.given(CommonNames.FEMALE, texts("name", "name.female_first_name"));
            case "last_name" -> CommonNames.surnames(texts("name", "name.last_name"));
            case "name" -> joined(get("first_name"), " ", get("last_name"));
            case "name_female" -> joined(get("first_name_female"), " ", get("last_name"));
            case "name_male" -> joined(get("first_name_male"), " ", get("last_name"));
            case "prefix" -> list("name", "name.prefix");
            case "suffix" -> list("name", "name.suffix");
            case "email", "safe_email" -> person(mailHost());
            case "company_email" -> person(get("domain_name"));
            case "user_name" -> person(null);

            case "street_address" -> UsPlaceTexts.streetAddress(get("street_name"));
            case "street_name" -> UsPlaceTexts.streetName(get("last_name"));
            case "street_suffix" -> UsPlaceTexts.streetSuffix();
            case "secondary_address" -> UsPlaceTexts.secondaryAddress();
            case "city" -> UsPlaceTexts.town(
                    get("first_name"), get("last_name"), get("city_prefix"), get("city_suffix"));
            case "city_prefix" -> list("address", "address.city_prefix");
            case "city_suffix" -> list("address", "address.city_suffix");
            case "state" -> list("address", "address.state");
            case "state_abbr" -> list("address", "address.state_abbr");
            case "zipcode", "postcode" -> UsPlaceTexts.zipCode();
            case "country" -> list("country", "country.name");
            case "country_code" -> list("address", "address.country_code");
            case "phone_number" -> UsPlaceTexts.phoneNumber();

            case "company" -> company();
            case "company_suffix" -> list("company", "company.suffix");
            case "catch_phrase" -> joined(
                    list("company", "company.buzzwords.0"), " ",
                    list("company", "company.buzzwords.1"), " ",
                    list("company", "company.buzzwords.2"));
            case "job" -> job();

            case "domain_word" -> domainWord();
            case "domain_name" -> joined(get("domain_word"), ".example");
            case "hostname" -> joined(hostRole(), "-", new Shape("##"), ".", get("domain_name"));
            case "url" -> joined("https://www.", get("domain_name"), "/");
            case "uri" -> joined("https://www.", get("domain_name"), "/", new ListedText(PATHS), "/", Sentences.word());
            case "user_agent" -> userAgent();
            case "ipv4", "ipv4_private" -> privateIpv4();
            case "ipv4_public" -> joined(
                    new ListedText(List.of("192.0.2.", "198.51.100.", "203.0.113.")), new Whole(1, 254));
            case "ipv6" -> new Shape("2001:db8:%^^^:%^^^:%^^^:%^^^:%^^^:%^^^");
            case "mac_address" -> new Shape("02:^^:^^:^^:^^:^^");
            case "ssn" -> new Shape("9##-<%-%###");
            case "uuid4" -> new Shape("^^^^^^^^-^^^^-4^^^-?^^^-^^^^^^^^^^^^");

            case "word" -> Sentences.word();
            case "sentence" -> Sentences.sentence();
            case "text", "paragraph" -> Sentences.paragraph();
            default -> throw new IllegalArgumentException("No provider " + name);
        };
    }

    private static final List<String> PATHS = List.of(
            "about", "account", "blog", "catalog", "docs", "help", "jobs", "news", "products", "search", "shop", "support");

    private PersonText person(TextProvider host) {
        return new PersonText(names("first_name"), names("last_name"), host);
    }

    private static ListedText mailHost() {
        return new ListedText(
                List.of(
                        "example.com", "example.net", "example.org", "mail.example.com", "mail.example.net",
                        "inbox.example.org", "post.example.com", "home.example.net", "webmail.example.org"),
                new double[] {30, 18, 14, 12, 8, 6, 5, 4, 3});
    }

    private TextProvider company() {
        TextProvider surname = get("last_name");
        TextProvider trade = new ListedText(List.of(
                "Supply", "Logistics", "Systems", "Partners", "Works", "Industries", "Labs", "Foods", "Motors",
                "Electric", "Builders", "Analytics", "Textiles", "Instruments", "Services", "Trading"));
        return OneOf.way(0.35, joined(surname, " ", get("company_suffix")))
                .or(0.30, joined(surname, " ", trade))
                .or(0.20, joined(surname, "-", surname))
                .or(0.15, joined(surname, ", ", surname, " and ", surname))
                .done();
    }

    private TextProvider job() {
        TextProvider field = list("job", "job.field");
        TextProvider position = list("job", "job.position");
        return OneOf.way(0.7, joined(field, " ", position))
                .or(0.3, joined(new ListedText(List.of("Senior", "Lead", "Junior", "Chief")), " ", field, " ", position))
                .done();
    }

    private TextProvider domainWord() {
        ListedText surnames = names("last_name");
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < surnames.dictionary().size(); i++) {
            plain.add(surnames.dictionary().text(i).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
        }
        TextProvider trade = new ListedText(List.of(
                "group", "inc", "llc", "partners", "labs", "works", "supply", "systems", "online", "shop", "tech", "co"));
        return joined(new ListedText(plain, surnames.weights()), "-", trade);
    }

    private static ListedText hostRole() {
        return new ListedText(List.of("web", "app", "db", "mail", "api", "cache", "edge", "proxy", "queue", "auth"));
    }

    private TextProvider userAgent() {
        List<String> agents = new ArrayList<>();
        for (String browser : List.of("chrome", "firefox", "safari")) {
            agents.addAll(texts("internet", "internet.user_agent." + browser));
        }
        return new ListedText(agents);
    }

    private static TextProvider privateIpv4() {
        TextProvider octet = new Whole(0, 255);
        TextProvider host = new Whole(1, 254);
        return OneOf.way(0.8, joined("10.", octet, ".", octet, ".", host))
                .or(0.1, joined("172.", new Whole(16, 31), ".", octet, ".", host))
                .or(0.1, joined("192.168.", octet, ".", host))
                .done();
    }

    private ListedText names(String provider) {
        return (ListedText) get(provider);
    }

    private ListedText list(String file, String key) {
        return new ListedText(texts(file, key));
    }

    /** A list of the library without the entries that are templates or need escapes in JSON. */
    private List<String> texts(String file, String key) {
        List<String> plain = new ArrayList<>();
        for (String text : files.computeIfAbsent(file, ListFile::read).list(key)) {
            if (isPlain(text)) {
                plain.add(text);
            }
        }
        return plain;
    }

    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) {
                return false;
            }
        }
        return !text.isBlank() && !text.contains("#{");
    }
}
