package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.FieldDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sorts data files so that records come after those that they refer to, as far as there is no circle. */
final class SeedOrder {

    private final List<SeedFile> files;
    private final Set<SeedFile> sorted = new LinkedHashSet<>();
    private final Set<SeedFile> visiting = new LinkedHashSet<>();

    private SeedOrder(List<SeedFile> files) {
        this.files = files;
    }

    static List<SeedFile> sort(List<SeedFile> files) {
        var order = new SeedOrder(files);
        // What must be referred to first, and only then what may be.
        files.forEach(order::visit);
        return new ArrayList<>(order.sorted);
    }

    private void visit(SeedFile file) {
        if (sorted.contains(file) || !visiting.add(file)) {
            return;
        }
        file.object().fields().values().stream().filter(FieldDefinition::required).forEach(this::visitTarget);
        file.object().fields().values().forEach(this::visitTarget);
        sorted.add(file);
    }

    private void visitTarget(FieldDefinition field) {
        field.type().refersTo().ifPresent(target -> files.stream()
                .filter(file -> file.object().name().equals(target)).forEach(this::visit));
    }
}
