package dev.spindle.engine.text;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How often names occur. The library's lists are alphabetical and say nothing of it, so the commonest names of the
 * United States stand here in order of frequency, and every other name of a list shares what they leave.
 *
 * <p>The order of the given names is that of the Social Security Administration's top names over the last 100 years, that
 * of the surnames the Census Bureau's of 2010, both public domain. The share of the name of rank r falls as 1 / (r + c),
 * the Zipf–Mandelbrot law: with c = 11 for given names and 9 for surnames it comes within a third of those tables.
 */
final class CommonNames {

    /** What the listed names have together; with fewer, the odder names of the library would be heard too often. */
    private static final double GIVEN_SHARE = 0.85;

    private static final double SURNAME_SHARE = 0.65;
    private static final double GIVEN_OFFSET = 11;
    private static final double SURNAME_OFFSET = 9;

    static final List<String> MALE = names("""
            James Michael Robert John David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony
            Mark Steven Donald Andrew Joshua Paul Kenneth Kevin Brian Timothy Ronald Jason George Edward Jeffrey Ryan
            Jacob Nicholas Gary Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander
            Patrick Frank Raymond Jack Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Zachary Douglas Peter Kyle Noah
            Ethan Jeremy Christian Walter Keith Austin Roger Terry Sean Gerald Carl Dylan Harold Jordan Jesse Bryan
            Lawrence Arthur Gabriel Bruce Logan Billy Joe Alan Juan Elijah Willie Albert Wayne Randy Mason Vincent Liam
            Roy Bobby Caleb Bradley Russell Lucas""");

    static final List<String> FEMALE = names("""
            Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Karen Sarah Lisa Nancy Sandra Ashley Emily
            Kimberly Betty Margaret Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia
            Amy Kathleen Angela Dorothy Shirley Emma Brenda Nicole Pamela Samantha Anna Katherine Christine Debra Rachel
            Olivia Carolyn Maria Janet Heather Diane Catherine Julie Victoria Helen Joyce Lauren Kelly Christina Joan
            Judith Ruth Hannah Evelyn Andrea Virginia Megan Cheryl Jacqueline Madison Sophia Abigail Teresa Isabella
            Sara Janice Martha Gloria Kathryn Ann Charlotte Judy Amber Julia Grace Denise Danielle Natalie Alice Marilyn
            Diana Beverly Jean Brittany Theresa Frances Kayla Alexis Tiffany Lori Kathy""");

    static final List<String> SURNAMES = names("""
            Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson
            Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis
            Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera
            Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart
            Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim
            Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo
            Sanders Patel Myers Long Ross Foster Jimenez""");

    private CommonNames() {}

    /** Given names: {@code common} in order of frequency, then the others of {@code list}. */
    static ListedText given(List<String> common, List<String> list) {
        return ranked(common, list, GIVEN_SHARE, GIVEN_OFFSET);
    }

    /** Surnames: the common ones in order of frequency, then the others of {@code list}. */
    static ListedText surnames(List<String> list) {
        return ranked(SURNAMES, list, SURNAME_SHARE, SURNAME_OFFSET);
    }

    /** Given names of either sex, half of each; a name that both bear has the weight of both. */
    static ListedText either(ListedText male, ListedText female) {
        Set<String> all = new LinkedHashSet<>();
        for (ListedText part : List.of(female, male)) {
            for (int i = 0; i < part.dictionary().size(); i++) {
                all.add(part.dictionary().text(i));
            }
        }
        double[] weights = new double[all.size()];
        double[] ofFemale = female.weights();
        double[] ofMale = male.weights();
        int at = 0;
        for (String name : all) {
            int asFemale = female.dictionary().indexOf(name);
            int asMale = male.dictionary().indexOf(name);
            weights[at++] = (asFemale < 0 ? 0 : ofFemale[asFemale]) + (asMale < 0 ? 0 : ofMale[asMale]);
        }
        return new ListedText(List.copyOf(all), weights);
    }

    private static ListedText ranked(List<String> common, List<String> list, double share, double offset) {
        Set<String> all = new LinkedHashSet<>(common);
        all.addAll(list);
        double[] weights = new double[all.size()];
        double sum = 0;
        for (int rank = 1; rank <= common.size(); rank++) {
            weights[rank - 1] = 1 / (rank + offset);
            sum += weights[rank - 1];
        }
        int others = weights.length - common.size();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i < common.size() ? weights[i] / sum * share : (1 - share) / others;
        }
        return new ListedText(List.copyOf(all), weights);
    }

    private static List<String> names(String block) {
        return Arrays.asList(block.split("\\s+"));
    }
}
