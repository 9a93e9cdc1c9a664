package dev.spindle.engine.domain;

import static dev.spindle.engine.domain.DomainFiles.number;
import static dev.spindle.engine.domain.DomainFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.json.JsonValue.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UsPlacesTest {

    /**
     * The first three digits of ZIP codes by state, as the Postal Service assigns them in ranges (its publication 65 and
     * labelling list L002).
     */
    private static final String PREFIXES = """
            AL 350-369;AK 995-999;AZ 850-865;AR 716-729;CA 900-961;CO 800-816;CT 060-069;DE 197-199;DC 200-205;FL 320-349;
            GA 300-319,398-399;HI 967-968;ID 832-838;IL 600-629;IN 460-479;IA 500-528;KS 660-679;KY 400-427;LA 700-714;
            ME 039-049;MD 206-219;MA 010-027,055;MI 480-499;MN 550-567;MS 386-397;MO 630-658;MT 590-599;NE 680-693;
            NV 889-898;NH 030-038;NJ 070-089;NM 870-884;NY 005,063,100-149;NC 270-289;ND 580-588;OH 430-459;OK 730-749;
            OR 970-979;PA 150-196;RI 028-029;SC 290-299;SD 570-577;TN 370-385;TX 733,750-799,885;UT 840-847;VT 050-059;
            VA 201,220-246;WA 980-994;WV 247-268;WI 530-549;WY 820-831""";

    private final List<JsonObject> places = DomainFiles.records("retail", "us_places");

    @Test
    void shouldHoldThousandsOfPlacesInEveryState() {
        Set<String> states = places.stream().map(p -> text(p, "state")).collect(Collectors.toSet());
        assertThat(places).hasSizeBetween(4_000, 6_000);
        assertThat(states).isEqualTo(prefixes().keySet()).hasSize(51);
    }

    @Test
    void shouldHoldEachZipCodeOnce() {
        Set<String> zips = new HashSet<>();
        for (JsonObject place : places) {
            assertThat(text(place, "zip")).matches("\\d{5}");
            assertThat(zips.add(text(place, "zip"))).as(text(place, "zip")).isTrue();
        }
    }

    @Test
    void shouldGiveZipCodesThatTheirStateHas() {
        Map<String, Set<Integer>> prefixes = prefixes();
        for (JsonObject place : places) {
            int prefix = Integer.parseInt(text(place, "zip").substring(0, 3));
            assertThat(prefixes.get(text(place, "state"))).as("%s", place).contains(prefix);
        }
    }

    @Test
    void shouldStandInsideTheUnitedStates() {
        for (JsonObject place : places) {
            double lat = number(place, "lat");
            double lng = number(place, "lng");
            switch (text(place, "state")) {
                case "AK" -> {
                    assertThat(lat).isBetween(51.0, 71.5);
                    assertThat(lng).isBetween(-179.9, -129.9);
                }
                case "HI" -> {
                    assertThat(lat).isBetween(18.9, 22.3);
                    assertThat(lng).isBetween(-160.3, -154.8);
                }
                default -> {
                    assertThat(lat).as("%s", place).isBetween(24.4, 49.4);
                    assertThat(lng).as("%s", place).isBetween(-124.8, -66.9);
                }
            }
        }
    }

    @Test
    void shouldPutKnownCitiesWhereTheyAre() {
        assertNear("Chicago", "IL", 41.88, -87.63);
        assertNear("Houston", "TX", 29.76, -95.37);
        assertNear("Seattle", "WA", 47.61, -122.33);
        assertNear("Miami", "FL", 25.77, -80.19);
        assertNear("Denver", "CO", 39.74, -104.99);
        assertNear("Boston", "MA", 42.36, -71.06);
    }

    @Test
    void shouldWriteNamesThatNeedNoEscapes() {
        assertThat(places).allSatisfy(place -> assertThat(text(place, "city")).matches("[A-Z][A-Za-z .-]+"));
    }

    private void assertNear(String city, String state, double lat, double lng) {
        List<JsonObject> found = places.stream()
                .filter(p -> text(p, "city").equals(city) && text(p, "state").equals(state))
                .toList();
        assertThat(found).as(city).isNotEmpty().allSatisfy(place -> {
            assertThat(number(place, "lat")).isBetween(lat - 0.5, lat + 0.5);
            assertThat(number(place, "lng")).isBetween(lng - 0.5, lng + 0.5);
        });
    }

    private static Map<String, Set<Integer>> prefixes() {
        Map<String, Set<Integer>> states = new HashMap<>();
        for (String entry : PREFIXES.replace("\n", "").split(";")) {
            Set<Integer> prefixes = new HashSet<>();
            for (String range : entry.substring(3).split(",")) {
                int[] ends = Arrays.stream(range.split("-")).mapToInt(Integer::parseInt).toArray();
                for (int prefix = ends[0]; prefix <= ends[ends.length - 1]; prefix++) {
                    prefixes.add(prefix);
                }
            }
            states.put(entry.substring(0, 2), prefixes);
        }
        return states;
    }
}
