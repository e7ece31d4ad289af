package dev.objectos.audit;

import dev.objectos.audit.seal.Sealer;
import dev.objectos.audit.seal.UnknownKeyException;
import dev.objectos.audit.seal.Verification;
import dev.objectos.audit.seal.Verifier;
import dev.objectos.audit.view.Readers;
import dev.objectos.runtime.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the trail is as it was written: of the tenant, and of everything for who manages the platform. */
@RestController
@RequestMapping("/api/audit")
public final class VerifyController {

    private static final Logger LOG = LoggerFactory.getLogger(VerifyController.class);

    private final Sealer sealer;
    private final Verifier verifier;

    public VerifyController(Sealer sealer, Verifier verifier) {
        this.sealer = sealer;
        this.verifier = verifier;
    }

    @PostMapping("/verify")
    Map<String, @Nullable Object> verify(Session session) {
        Readers.requireReader(session);
        try {
            sealer.everything();
        } catch (UnknownKeyException e) {
            // What is sealed can be compared all the same; whose seal it is is among the problems.
            LOG.warn("Nothing was sealed before the audit trail was verified: {}", e.getMessage());
        }
        Verification result = verifier.verify(session.platformAdministrator() ? null : session.tenant());
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("valid", result.valid());
        answer.put("checked", result.checked());
        answer.put("unsealed", result.unsealed());
        answer.put("sealedUntil", result.until());
        answer.put("problems", result.problems().stream().map(VerifyController::problem).toList());
        return answer;
    }

    private static Map<String, @Nullable Object> problem(Verification.Problem problem) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("kind", problem.kind().word());
        answer.put("tenant", problem.tenant());
        answer.put("entry", problem.entry());
        answer.put("message", problem.message());
        return answer;
    }
}
