package dev.spindle.engine.text;

import static dev.spindle.engine.text.Sentences.joined;

import java.util.Arrays;
import java.util.List;

/** Streets, towns and telephone numbers of the United States. */
final class UsPlaceTexts {

    /**
     * The street names that the Census Bureau counted most often (1993, public domain), less those that are numbers and
     * letters of a plan.
     */
    private static final List<String> STREETS = List.of(
            "Second", "Third", "First", "Fourth", "Park", "Fifth", "Main", "Sixth", "Oak", "Seventh", "Pine", "Maple",
            "Cedar", "Eighth", "Elm", "View", "Washington", "Ninth", "Lake", "Hill", "Walnut", "Spring", "North",
            "Ridge", "Lincoln", "Church", "Willow", "Mill", "Sunset", "Railroad", "Jackson", "Cherry", "Highland",
            "West", "South", "Center", "Jefferson", "River", "Forest", "Franklin", "Meadow", "College", "Madison",
            "Chestnut", "Spruce", "Hickory", "Birch", "Dogwood", "Laurel", "Valley", "Locust", "Poplar", "Magnolia",
            "Sycamore", "Prospect", "Adams", "Monroe", "School", "Orchard", "Bridge");

    private static final List<String> SUFFIXES = List.of(
            "Street", "Avenue", "Road", "Drive", "Lane", "Court", "Circle", "Way", "Place", "Boulevard", "Trail",
            "Terrace", "Parkway", "Loop", "Crossing");

    private static final double[] SUFFIX_WEIGHTS = {24, 15, 14, 13, 9, 7, 4, 3, 3, 2, 1.5, 1, 1, 0.5, 0.5};

    /** Area codes in use in the 50 states, as the North American Numbering Plan Administrator lists them. */
    private static final List<String> AREA_CODES = words("""
            201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251
            252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318
            319 320 321 323 325 330 331 334 336 337 339 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412
            413 414 415 417 419 423 424 425 432 434 435 440 443 469 478 479 480 484 501 502 503 504 505 507 508 509 510
            512 513 515 516 517 518 520 530 540 541 551 559 561 562 563 567 570 571 573 574 580 585 586 601 602 603 605
            606 607 608 609 610 612 614 615 616 617 618 619 620 623 626 630 631 636 641 646 650 651 660 661 662 678 682
            701 702 703 704 706 707 708 712 713 714 715 716 717 718 719 720 724 727 731 732 734 740 754 757 760 763 765
            770 772 773 774 775 781 785 786 801 802 803 804 805 806 808 810 812 813 814 815 816 817 818 828 830 831 832
            843 845 847 848 850 856 857 858 859 860 862 863 864 865 870 901 903 904 906 907 908 909 910 912 913 914 915
            916 917 918 919 920 925 928 931 936 937 940 941 947 949 951 952 954 956 970 971 972 973 978 979 980 985
            989""");

    private UsPlaceTexts() {}

    static TextProvider streetName(TextProvider surnames) {
        TextProvider suffix = streetSuffix();
        return OneOf.way(0.55, joined(new ListedText(STREETS), " ", suffix))
                .or(0.45, joined(surnames, " ", suffix))
                .done();
    }

    static ListedText streetSuffix() {
        return new ListedText(SUFFIXES, SUFFIX_WEIGHTS);
    }

    static TextProvider houseNumber() {
        return OneOf.way(0.15, new Shape("%#"))
                .or(0.45, new Shape("%##"))
                .or(0.32, new Shape("%###"))
                .or(0.08, new Shape("%####"))
                .done();
    }

    static TextProvider secondaryAddress() {
        return OneOf.way(0.6, joined("Apt. ", new Shape("%##")))
                .or(0.2, joined("Unit ", new Whole(1, 60)))
                .or(0.2, joined("Suite ", new Shape("%##")))
                .done();
    }

    static TextProvider streetAddress(TextProvider streetName) {
        return OneOf.way(0.84, joined(houseNumber(), " ", streetName))
                .or(0.16, joined(houseNumber(), " ", streetName, " ", secondaryAddress()))
                .done();
    }

    /** Towns that might exist; a table that needs real ones has a data set of places. */
    static TextProvider town(TextProvider givenNames, TextProvider surnames, TextProvider prefix, TextProvider suffix) {
        return OneOf.way(0.35, joined(givenNames, suffix))
                .or(0.35, joined(surnames, suffix))
                .or(0.15, joined(prefix, " ", givenNames))
                .or(0.15, joined(prefix, " ", givenNames, suffix))
                .done();
    }

    /** One in fourteen with the leading zero that New England and New Jersey have. */
    static TextProvider zipCode() {
        return OneOf.way(0.07, new Shape("0%###")).or(0.93, new Shape("%####")).done();
    }

    /** 555-0100 to 555-0199, which the numbering plan sets aside for fiction in every area. */
    static TextProvider phoneNumber() {
        TextProvider area = new ListedText(AREA_CODES);
        return OneOf.way(0.35, joined("(", area, ") 555-01##"))
                .or(0.35, joined(area, "-555-01##"))
                .or(0.15, joined("+1-", area, "-555-01##"))
                .or(0.15, joined(area, ".555.01##"))
                .done();
    }

    private static List<String> words(String block) {
        return Arrays.asList(block.split("\\s+"));
    }
}
