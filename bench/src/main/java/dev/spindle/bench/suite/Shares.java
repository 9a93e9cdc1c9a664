package dev.spindle.bench.suite;

import java.util.concurrent.atomic.AtomicLong;

/** Rows shared out to threads, and the line that tells what they took. */
final class Shares {

    private Shares() {}

    /** What one thread does. */
    interface Worker {
        /** Makes the rows from {@code from} (inclusive) to {@code to} (exclusive) and returns their bytes. */
        long make(int worker, long from, long to);
    }

    /** Runs all threads to their end. */
    static void run(long rows, int threads, Worker worker) throws InterruptedException {
        AtomicLong bytes = new AtomicLong();
        Thread[] all = new Thread[threads];
        long before = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            int one = i;
            all[i] = Thread.ofPlatform()
                    .start(() -> bytes.addAndGet(worker.make(one, rows * one / threads, rows * (one + 1) / threads)));
        }
        for (Thread thread : all) {
            thread.join();
        }
        System.out.printf("contestant rows=%d bytes=%d nanos=%d%n", rows, bytes.get(), System.nanoTime() - before);
    }
}
