package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The files of every layer, and what each last held when nothing was wrong with it. */
final class MetadataFiles {

    private final Map<String, byte[]> lastGood = new HashMap<>();
    private final Map<String, byte[]> heldBack = new HashMap<>();
    private final Set<String> replaced = new HashSet<>();
    private List<MetadataSource> sources = List.of();

    /** Starts over with the files as they stand now. */
    void take(List<MetadataSource> current) {
        sources = List.copyOf(current);
        replaced.clear();
    }

    List<MetadataSource> sources() {
        return sources;
    }

    /** The same files, to try something with. */
    MetadataFiles copy() {
        var copy = new MetadataFiles();
        copy.sources = sources;
        copy.lastGood.putAll(lastGood);
        copy.heldBack.putAll(heldBack);
        copy.replaced.addAll(replaced);
        return copy;
    }

    /** Takes what a source held before as good, for files of which nothing better is known. */
    void recall(MetadataSource earlier) {
        earlier.files().forEach(file -> lastGood.putIfAbsent(label(earlier, file), file.content()));
    }

    /** Remembers what the files hold as good, but for those named. */
    void remember(Set<String> refused) {
        for (MetadataSource source : sources) {
            for (MetadataFile file : source.files()) {
                String label = label(source, file);
                if (!refused.contains(label)) {
                    lastGood.put(label, file.content());
                }
            }
        }
    }

    /**
     * Puts the last good content in the place of the named files, and leaves out those that have none or hold it already.
     *
     * @return whether anything has changed
     */
    boolean replace(Set<String> labels) {
        boolean changed = false;
        var next = new ArrayList<MetadataSource>();
        for (MetadataSource source : sources) {
            var files = new ArrayList<MetadataFile>();
            for (MetadataFile file : source.files()) {
                String label = label(source, file);
                if (!labels.contains(label)) {
                    files.add(file);
                    continue;
                }
                changed = true;
                replaced.add(label);
                byte[] good = lastGood.get(label);
                if (good != null && !Arrays.equals(good, file.content())) {
                    files.add(file.holding(good));
                }
            }
            next.add(new MetadataSource(source.plugin(), files));
        }
        sources = next;
        return changed;
    }

    /** The same with files that the records do not allow: they stay so, whatever else changes, until they are let go. */
    boolean holdBack(Set<String> labels) {
        forEach((label, file) -> {
            if (labels.contains(label)) {
                heldBack.put(label, file.content());
            }
        });
        return replace(labels);
    }

    /**
     * Holds back what was held back before, where it is still the same.
     *
     * @return those files
     */
    Set<String> holdBackAgain() {
        var again = new HashSet<String>();
        forEach((label, file) -> {
            if (Arrays.equals(heldBack.get(label), file.content())) {
                again.add(label);
            }
        });
        heldBack.keySet().retainAll(again);
        replace(again);
        return again;
    }

    /** Gives what was held back another chance. */
    void letGo() {
        heldBack.clear();
    }

    private void forEach(BiConsumer<String, MetadataFile> work) {
        sources.forEach(source -> source.files().forEach(file -> work.accept(label(source, file), file)));
    }

    /** Whether the file has been left out or holds its last good content since the files were taken. */
    boolean isReplaced(String label) {
        return replaced.contains(label);
    }

    /** Whether an earlier content of the file is known to be good and is not what it holds now. */
    boolean canRestore(String label) {
        byte[] good = lastGood.get(label);
        return good != null && sources.stream().anyMatch(source -> source.files().stream()
                .anyMatch(file -> label(source, file).equals(label) && !Arrays.equals(good, file.content())));
    }

    /** The file as violations name it. */
    private static String label(MetadataSource source, MetadataFile file) {
        return MetadataSource.label(source.plugin(), file.path());
    }
}
