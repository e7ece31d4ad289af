package dev.objectos.server.administration;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.Doctor;
import dev.objectos.runtime.spi.DoctorFinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Examines the installation on request, as {@code ./objectos doctor} does. */
@RestController
@RequestMapping("/api/doctor")
public final class DoctorController {

    private final Doctor doctor;

    public DoctorController(Doctor doctor) {
        this.doctor = doctor;
    }

    @GetMapping
    Map<String, Object> examine(Session session) {
        session.require(SystemPermission.VIEW_SERVER, "The doctor is for platform administrators");
        List<DoctorFinding> findings = doctor.examine();
        boolean healthy = findings.stream().noneMatch(finding -> finding.status() == DoctorFinding.Status.FAIL);
        return Map.of("healthy", healthy, "findings", findings.stream().map(DoctorController::row).toList());
    }

    private static Map<String, Object> row(DoctorFinding finding) {
        var row = new LinkedHashMap<String, Object>();
        row.put("check", finding.check());
        row.put("status", finding.status().name().toLowerCase(Locale.ROOT));
        row.put("found", finding.found());
        row.put("advice", finding.advice());
        return row;
    }
}
