package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.publish.Prospect;
import dev.objectos.runtime.schema.Loss;
import dev.objectos.runtime.spi.MetadataEditing.Outcome;
import dev.objectos.runtime.spi.MetadataEditing.Reference;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says why some edits cannot be published. */
final class Admission {

    private static final int MOST_TOLD = 5;

    private final Prospect prospect;
    private final Collection<Edit> edits;
    private final boolean force;

    Admission(Prospect prospect, Collection<Edit> edits, boolean force) {
        this.prospect = prospect;
        this.edits = edits;
        this.force = force;
    }

    /** @param current what serves now */
    void check(Catalog current) {
        var search = new ReferenceSearch(current);
        Set<String> going = edits.stream().filter(Edit::deletes).map(Edit::label).collect(Collectors.toSet());
        for (Edit edit : edits) {
            if (edit.deletes() && isGone(edit.item(), current)) {
                List<Reference> references = search.find(edit.item(), null).stream()
                        .filter(reference -> !going.contains(reference.where().file())).toList();
                if (!references.isEmpty()) {
                    throw restricted(edit.item(), references);
                }
            }
        }
        if (!prospect.errors().isEmpty()) {
            throw refusal(prospect.errors());
        }
        List<Loss> refused = prospect.plan().losses().stream().filter(loss -> !force || !loss.forceable()).toList();
        if (!refused.isEmpty()) {
            throw Loss.refusal(refused);
        }
    }

    private boolean isGone(ItemKey item, Catalog current) {
        return has(item, current) && !has(item, prospect.catalog());
    }

    private static boolean has(ItemKey item, Catalog catalog) {
        return item.type().equals("object")
                ? catalog.object(item.name()).isPresent()
                : catalog.item(item.type(), item.name()).isPresent();
    }

    private static PlatformException restricted(ItemKey item, List<Reference> references) {
        String first = references.stream().limit(MOST_TOLD).map(
                reference -> reference.item() + (reference.path().isEmpty() ? "" : " (" + reference.path() + ")"))
                .collect(Collectors.joining(", "));
        return new PlatformException(RuntimeError.DELETE_RESTRICTED,
                item + " is still named by " + first + "; change or delete these first")
                .with("references", references.stream().map(Reference::toMap).toList());
    }

    static PlatformException refusal(List<Violation> errors) {
        return new PlatformException(RuntimeError.INVALID_METADATA,
                errors.stream().limit(MOST_TOLD).map(Violation::toString).collect(Collectors.joining("; ")))
                .with("errors", errors.stream().map(Violation::toString).toList())
                .with("violations", errors.stream().map(Violation::toMap).toList());
    }

    /** What saving did, with what is doubtful in the edited files, and wrong anywhere because of them. */
    static Outcome outcome(List<Version> saved, Prospect prospect, Collection<Edit> edits) {
        Set<String> own = Edit.labels(edits);
        return new Outcome(saved, prospect.plan().describe(),
                prospect.plan().losses().stream().map(Loss::toMap).toList(),
                prospect.violations().stream().filter(found -> own.contains(found.where().file())
                        || prospect.errors().contains(found)).toList());
    }
}
