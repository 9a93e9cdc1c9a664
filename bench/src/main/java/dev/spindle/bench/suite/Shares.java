package dev.spindle.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Rows shared out to threads, and the line that tells what they took. */
final class Shares {

    private Shares() {}

    /** Makes the rows from {@code from} (inclusive) to {@code to} (exclusive) and returns their bytes. */
    interface Worker {
        long make(long from, long to);
    }

    /** Makes ready what thread {@code number} needs, which is not in its time. */
    interface Workers {
        Worker of(int number);
    }

    /** Runs all threads to their end. */
    static void run(long rows, int threads, Workers workers) throws InterruptedException {
        List<Worker> ready = IntStream.range(0, threads).mapToObj(workers::of).toList();
        AtomicLong bytes = new AtomicLong();
        List<Thread> all = new ArrayList<>();
        long before = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            long from = rows * i / threads;
            long to = rows * (i + 1) / threads;
            Worker worker = ready.get(i);
            all.add(Thread.ofPlatform().start(() -> bytes.addAndGet(worker.make(from, to))));
        }
        for (Thread thread : all) {
            thread.join();
        }
        System.out.printf("contestant rows=%d bytes=%d nanos=%d%n", rows, bytes.get(), System.nanoTime() - before);
    }
}
