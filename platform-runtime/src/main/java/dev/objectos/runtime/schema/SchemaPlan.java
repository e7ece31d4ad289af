package dev.objectos.runtime.schema;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to the database before a catalog can be used.
 *
 * @param steps in order
 * @param losses what they would lose
 */
public record SchemaPlan(List<SchemaStep> steps, List<Loss> losses) {

    public SchemaPlan {
        steps = List.copyOf(steps);
        losses = List.copyOf(losses);
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Whether values of a field are lost, or with null records of the object. */
    boolean loses(String object, @Nullable String field) {
        return losses.stream()
                .anyMatch(loss -> loss.object().equals(object) && Objects.equals(loss.field(), field));
    }

    /** Whether the object's table is a new one. */
    public boolean creates(String object) {
        return steps.stream()
                .anyMatch(step -> step instanceof SchemaStep.CreateTable && step.object().equals(object));
    }

    /** Whether values that a column has now, or had when it was last in use, may be others afterwards. */
    public boolean rewrites(String object, String column) {
        return steps.stream().filter(step -> step.object().equals(object)).anyMatch(step -> switch (step) {
            case SchemaStep.CreateTable _,SchemaStep.DropTable _,SchemaStep.EmptyTable _,SchemaStep.ReviveTable _ ->
                true;
            case SchemaStep.ConvertColumn convert -> convert.column().name().equals(column);
            case SchemaStep.ReviveColumn revive -> revive.column().name().equals(column);
            case SchemaStep.ChangeType change -> change.column().name().equals(column);
            case SchemaStep.Backfill fill -> fill.column().equals(column);
            case SchemaStep.RetireTable _,SchemaStep.AddColumn _,SchemaStep.RetypeColumn _,SchemaStep.KeepInStep _,SchemaStep.RetireColumn _,SchemaStep.DropColumn _,SchemaStep.RenameField _,SchemaStep.AddConstraint _,SchemaStep.ValidateConstraint _,SchemaStep.DropConstraint _,SchemaStep.AddIndex _,SchemaStep.DropIndex _ ->
                false;
        });
    }

    /** The steps in words. */
    public List<String> describe() {
        return steps.stream().map(SchemaStep::describe).toList();
    }
}
