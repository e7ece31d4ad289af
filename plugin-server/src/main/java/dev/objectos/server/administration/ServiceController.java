package dev.objectos.server.administration;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.service.ServiceDescription;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.service.ServiceQuery;
import dev.objectos.runtime.service.ServiceUse;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.Plugins;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The services that plugins offer each other, who uses which and each other in a circle, and the protocols that they speak. */
@RestController
@RequestMapping("/api/services")
public final class ServiceController {

    private final ServiceDirectory services;
    private final Plugins plugins;

    public ServiceController(ServiceDirectory services, Plugins plugins) {
        this.services = services;
        this.plugins = plugins;
    }

    @GetMapping
    Map<String, Object> list(@RequestParam(name = "capability", defaultValue = "*") String capability,
            @RequestParam(name = "version", defaultValue = "*") String range, Session session) {
        session.require(SystemPermission.VIEW_SERVER, "Services are for platform administrators");
        var answer = new LinkedHashMap<String, Object>();
        answer.put("services", services.discover(query(capability, range)).stream().map(ServiceController::row)
                .toList());
        answer.put("uses", services.uses().stream().map(ServiceController::row).toList());
        answer.put("cycles", services.cycles());
        answer.put("protocols", plugins.protocols());
        return answer;
    }

    private static ServiceQuery query(String capability, String range) {
        try {
            return ServiceQuery.of(capability, range);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, Object> row(ServiceDescription service) {
        var row = new LinkedHashMap<String, Object>();
        row.put("capability", service.capability());
        row.put("version", service.version());
        row.put("owner", service.owner());
        row.put("since", service.since().toString());
        row.put("references", service.references());
        row.put("users", service.users());
        return row;
    }

    private static Map<String, Object> row(ServiceUse use) {
        var row = new LinkedHashMap<String, Object>();
        row.put("user", use.user());
        row.put("owner", use.owner());
        row.put("capability", use.capability());
        row.put("version", use.version());
        row.put("references", use.references());
        return row;
    }
}
