package dev.objectos.automation;

import dev.objectos.automation.trigger.Action;
import dev.objectos.automation.trigger.Trigger;
import dev.objectos.automation.trigger.TriggerEvent;
import dev.objectos.automation.trigger.Triggers;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The triggers that may run, for platform administrators. */
@RestController
@RequestMapping("/api/automation/triggers")
public final class TriggerController {

    private static final String REFUSAL = "Triggers are for platform administrators";

    private final Catalogs catalogs;

    public TriggerController(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    @GetMapping
    Map<String, Object> all(Session session) {
        session.require(SystemPermission.MANAGE_AUTOMATION, REFUSAL);
        return Map.of("items",
                Triggers.of(catalogs.current()).all().stream().map(TriggerController::item).toList());
    }

    @GetMapping("/{name}")
    Map<String, Object> get(@PathVariable("name") String name, Session session) {
        session.require(SystemPermission.MANAGE_AUTOMATION, REFUSAL);
        return item(Triggers.of(catalogs.current()).named(name).orElseThrow(() -> new PlatformException(
                RuntimeError.RESOURCE_NOT_FOUND, "There is no trigger \"" + name + "\" that can run")));
    }

    private static Map<String, Object> item(Trigger trigger) {
        var item = new LinkedHashMap<String, Object>();
        item.put("name", trigger.name());
        item.put("label", trigger.label());
        item.put("object", trigger.object());
        item.put("events", trigger.events().stream().sorted().map(TriggerEvent::word).toList());
        item.put("order", trigger.order());
        item.put("actions", trigger.actions().stream().map(Action::type).toList());
        item.put("unsupported", trigger.actions().stream().filter(Action.Unsupported.class::isInstance)
                .map(Action::type).toList());
        item.put("source", Map.of("file", trigger.source().file(), "line", trigger.source().line()));
        return item;
    }
}
