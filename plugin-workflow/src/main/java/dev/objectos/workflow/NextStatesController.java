package dev.objectos.workflow;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.workflow.definition.CompiledWorkflow;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledState;
import dev.objectos.workflow.machine.Machines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a field's workflow leads from a state, whatever the record; path and answer suit the official client. */
@RestController
public final class NextStatesController {

    private final Catalogs catalogs;
    private final ObjectRights rights;

    public NextStatesController(Catalogs catalogs, ObjectRights rights) {
        this.catalogs = catalogs;
        this.rights = rights;
    }

    /** {@code next} is null where no workflow says what the field holds, or no state is given. */
    @GetMapping("/api/metadata/object/{object}/state/{field}")
    Map<String, @Nullable Object> next(@PathVariable("object") String name, @PathVariable("field") String field,
            @RequestParam(name = "from", required = false) @Nullable String from, Session session) {
        Catalog catalog = catalogs.current();
        ObjectDefinition object = visible(catalog, name, field, session);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("object", name);
        answer.put("field", field);
        answer.put("from", from);
        answer.put("next", from == null
                ? null
                : Machines.of(catalog).ofObject(object).map(machine -> machine.workflow())
                        .filter(workflow -> workflow.definition().stateField().equals(field))
                        .map(workflow -> after(workflow, from)).orElse(null));
        return answer;
    }

    private ObjectDefinition visible(Catalog catalog, String name, String field, Session session) {
        ObjectDefinition object = catalog.object(name).orElseThrow(() -> unknownObject(name));
        ObjectAccess access = rights.of(object, session, catalog);
        if (!access.readable()) {
            throw unknownObject(name);
        }
        if (object.field(field).isEmpty() || !access.sees(field)) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such field").about(name);
        }
        return object;
    }

    private static List<String> after(CompiledWorkflow workflow, String from) {
        CompiledState state = workflow.state(from);
        return state == null
                ? List.of()
                : state.transitions().values().stream().map(way -> way.transition().target()).distinct().toList();
    }

    private static PlatformException unknownObject(String name) {
        return new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object").about(name);
    }
}
