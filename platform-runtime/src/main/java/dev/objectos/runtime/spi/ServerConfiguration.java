package dev.objectos.runtime.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings with which the server runs. */
public interface ServerConfiguration {

    /** As they are at the moment. */
    Report report();

    /**
     * Reads the files of settings again and applies what may be changed at run time. Where they are wrong, nothing changes.
     *
     * @return as they are afterwards
     */
    Report reload();

    /** A JSON Schema of the files of settings, for editors. */
    Map<String, Object> schema();

    /**
     * What holds, and what stands in the files and does not hold.
     *
     * @param files the files of settings, the stronger first, whether they are there or not
     * @param waiting what has been changed in a file and does not hold yet
     * @param problems what is wrong in the files, with file and line
     */
    record Report(String profile, List<String> files, List<Setting> settings, List<Waiting> waiting,
            List<String> problems) {

        public Report {
            files = List.copyOf(files);
            settings = List.copyOf(settings);
            waiting = List.copyOf(waiting);
            problems = List.copyOf(problems);
        }
    }

    /**
     * A setting.
     *
     * @param value null: nothing is set and there is no default; secrets are masked
     * @param source who says so: {@code default}, {@code environment}, a file with line and column, …
     * @param live whether a change counts without a restart
     * @param fixed why it does not; empty where it does
     */
    record Setting(String name, @Nullable String value, String source, boolean live, String fixed) {}

    /** @param reason why it does not hold yet, such as {@code restart needed: …} */
    record Waiting(String name, String reason) {}
}
