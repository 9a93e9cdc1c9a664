package dev.spindle.engine.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.testing.Fit;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawTest {

    private static final long SEED = 5;

    /** Published for SplitMix64 with this seed: S. Vigna, https://prng.di.unimi.it/splitmix64.c. */
    @Test
    void shouldGiveThePublishedNumbers() {
        assertThat(new long[] {Draw.bits(1_234_567, 1), Draw.bits(1_234_567, 2), Draw.bits(1_234_567, 3)})
                .containsExactly(6_457_827_717_110_365_317L, 3_203_168_211_198_807_973L, Long.parseUnsignedLong("9817491932198370423"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE})
    void shouldGiveTheNumbersOfTheJdk(long seed) {
        SplittableRandom jdk = new SplittableRandom(seed);
        for (int i = 1; i <= 1_000; i++) {
            assertThat(Draw.bits(seed, i)).isEqualTo(jdk.nextLong());
        }
    }

    @Test
    void shouldMixWithoutLosingAnything() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            long bits = random.nextLong();
            assertThat(unmixed(Draw.mix(bits))).as("seed %d", SEED).isEqualTo(bits);
        }
    }

    /** The steps of the mixer backwards. */
    private static long unmixed(long z) {
        long x = unshifted(z, 31) * inverse(0x94D049BB133111EBL);
        x = unshifted(x, 27) * inverse(0xBF58476D1CE4E5B9L);
        return unshifted(x, 30);
    }

    private static long unshifted(long z, int by) {
        long x = z;
        for (int done = by; done < 64; done += by) {
            x = z ^ (x >>> by);
        }
        return x;
    }

    private static long inverse(long odd) {
        return BigInteger.valueOf(odd).modInverse(BigInteger.ONE.shiftLeft(64)).longValue();
    }

    /** Every bit of the counter changes every bit of the draw in half of the cases, by six deviations. */
    @Test
    void shouldLetEveryBitReachEveryBit() {
        int trials = 4_000;
        Random random = new Random(SEED);
        int[][] changed = new int[64][64];
        for (int trial = 0; trial < trials; trial++) {
            long counter = random.nextLong();
            for (int in = 0; in < 64; in++) {
                long difference = Draw.mix(counter) ^ Draw.mix(counter ^ 1L << in);
                for (int out = 0; out < 64; out++) {
                    changed[in][out] += (int) (difference >>> out & 1);
                }
            }
        }
        double deviation = Math.sqrt(trials) / 2;
        for (int[] row : changed) {
            assertThat(Arrays.stream(row).mapToDouble(n -> Math.abs(n - trials / 2.0) / deviation).max().orElseThrow()).isLessThan(6);
        }
    }

    @Test
    void shouldGiveUnitsBelowOne() {
        assertThat(Draw.unit(0L)).isZero();
        assertThat(Draw.unit(-1L)).isEqualTo(1 - 0x1p-53);
        double[] sample = new double[20_000];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = Draw.unit(SEED, i);
        }
        assertThat(Fit.kolmogorov(sample, x -> x)).isLessThan(Fit.MOST_KOLMOGOROV);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000, Integer.MAX_VALUE})
    void shouldStayBelowABound(int bound) {
        assertThat(Draw.below(0L, bound)).isZero();
        assertThat(Draw.below(-1L, bound)).isEqualTo(bound - 1);
        assertThat(Draw.below(-1L, (long) bound)).isEqualTo(bound - 1);
    }

    @Test
    void shouldTakeNumbersBelowABoundAlike() {
        int bound = 7;
        long[] ints = new long[bound];
        long[] longs = new long[bound];
        double[] alike = new double[bound];
        Arrays.fill(alike, 1);
        for (int i = 0; i < 70_000; i++) {
            ints[Draw.below(Draw.bits(SEED, i), bound)]++;
            longs[(int) Draw.below(Draw.bits(SEED + 1, i), (long) bound)]++;
        }
        assertThat(Fit.chiSquare(ints, alike)).isLessThan(Fit.MOST_DEVIATIONS);
        assertThat(Fit.chiSquare(longs, alike)).isLessThan(Fit.MOST_DEVIATIONS);
    }

    @Test
    void shouldScaleBitsExactly() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            long bits = random.nextLong();
            long bound = random.nextLong() >>> (1 + random.nextInt(62));
            BigInteger exact = new BigInteger(Long.toUnsignedString(bits)).multiply(BigInteger.valueOf(bound)).shiftRight(64);
            assertThat(Draw.below(bits, bound)).as("seed %d", SEED).isEqualTo(exact.longValueExact());
        }
    }

    @Test
    void shouldMakeAKeyOfEachSeedAndEachListOfNames() {
        Set<Long> keys = new HashSet<>();
        int made = 0;
        for (long seed = 0; seed < 20; seed++) {
            for (String[] names : new String[][] {
                {}, {""}, {"", ""}, {"a"}, {"a", ""}, {"", "a"}, {"ab", "c"}, {"a", "bc"}, {"abc"}, {"c", "ab"}, {"a\u0000"}, {"\u0000a"}
            }) {
                keys.add(Draw.key(seed, names));
                made++;
            }
        }
        assertThat(keys).hasSize(made);
        assertThat(Draw.key(3, "order", "status")).isEqualTo(Draw.key(3, "order", "status"));
    }
}
