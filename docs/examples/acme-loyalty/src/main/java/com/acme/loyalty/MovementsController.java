package com.acme.loyalty;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Sort;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The last movements of a customer's points, as whoever asks may see them: {@code GET /api/x/acme-loyalty/movements/{customer}}. */
@RestController
public final class MovementsController {

    private final Records records;

    public MovementsController(Records records) {
        this.records = records;
    }

    @GetMapping(path = "/movements/{customer}", produces = MediaType.APPLICATION_JSON_VALUE)
    public byte[] movements(@PathVariable("customer") String customer, Session session) {
        var mine = new Predicate.Comparison(FieldPath.of("customer"), Operator.EQ, new Operand.Literal(customer));
        var query = new Query("loyalty_points", List.of(FieldPath.of("points"), FieldPath.of("reason")), mine,
                List.of(new Sort(FieldPath.of("created_at"), true)), Page.first(20), List.of(), List.of(), List.of(),
                Predicate.ALWAYS, null, false);
        return records.query(query, session).utf8();
    }
}
