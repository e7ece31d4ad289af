package dev.objectos.runtime.resource;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the current thread has used of the machine; zero for virtual threads, of which the JVM keeps no account.
 *
 * @param processorNanos time on a processor
 * @param bytes asked for on the heap, whatever has become of them
 */
record ThreadUsage(long processorNanos, long bytes) {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** Since the thread began. */
    static ThreadUsage now() {
        if (Thread.currentThread().isVirtual()) {
            return new ThreadUsage(0, 0);
        }
        return new ThreadUsage(THREADS.getCurrentThreadCpuTime(), THREADS.getCurrentThreadAllocatedBytes());
    }

    ThreadUsage since(ThreadUsage begin) {
        return new ThreadUsage(Math.max(0, processorNanos - begin.processorNanos),
                Math.max(0, bytes - begin.bytes));
    }
}
